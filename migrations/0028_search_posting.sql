-- What documents are found by, in a narrow table of its own: a look-up that lists half of all documents reads a
-- twentieth of the pages, and a document that is written again with the same terms touches no index of them.
CREATE TABLE portolan.search_posting (
  number integer NOT NULL,
  terms tsvector NOT NULL,
  exact text[] NOT NULL,
  CONSTRAINT search_posting_pkey PRIMARY KEY (number)
) WITH (toast_tuple_target = 128);

INSERT INTO portolan.search_posting (number, terms, exact)
SELECT number, terms, exact FROM portolan.search_document ORDER BY number;

ALTER TABLE portolan.search_document DROP COLUMN terms, DROP COLUMN exact;
CREATE INDEX search_posting_terms_idx ON portolan.search_posting USING gin (terms)
  WITH (fastupdate = on, gin_pending_list_limit = 4096);
CREATE INDEX search_posting_exact_idx ON portolan.search_posting USING gin (exact)
  WITH (fastupdate = on, gin_pending_list_limit = 4096);

-- A document takes its terms with it.
CREATE FUNCTION portolan.forget_search_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM portolan.search_posting WHERE number IN (SELECT number FROM gone);
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_posting_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.forget_search_posting();

CREATE FUNCTION portolan.forget_search_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM portolan.search_posting;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_posting_truncate AFTER TRUNCATE ON portolan.search_document
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.forget_search_postings();

CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_posting AS d WHERE d.terms @@ query);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery, among integer[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, terms FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.terms @@ query);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_posting AS d WHERE d.exact && keys);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[], among integer[]) RETURNS bytea
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, exact FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.exact && keys);
END $$;

CREATE OR REPLACE FUNCTION portolan.search_values(keys text[]) RETURNS TABLE (number integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number FROM portolan.search_posting AS d WHERE d.exact && keys
$$;

CREATE OR REPLACE FUNCTION portolan.search_values(keys text[], among integer[]) RETURNS TABLE (number integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number
  FROM (SELECT number, exact FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
  WHERE d.exact && keys
$$;

DROP FUNCTION portolan.search_terms(tsquery);
