-- Searches over many documents go through columns that the searching process keeps in memory, and through lists of
-- numbers from the indexes; the rows of the documents are read for the page that is shown.

-- What columns are read from stays in the row, all else goes out of line: reading 100,000 rows reads few pages.
-- Nothing is compressed: writing and reading it costs more than the disk.
ALTER TABLE portolan.search_document SET (toast_tuple_target = 128);
ALTER TABLE portolan.search_document
  ADD COLUMN length_title integer,
  ADD COLUMN length_notes integer,
  ADD COLUMN length_text integer,
  ALTER COLUMN package_id SET STORAGE MAIN,
  ALTER COLUMN name SET STORAGE MAIN,
  ALTER COLUMN title_string SET STORAGE MAIN,
  ALTER COLUMN organization SET STORAGE MAIN,
  ALTER COLUMN owner_org SET STORAGE MAIN,
  ALTER COLUMN license_id SET STORAGE MAIN,
  ALTER COLUMN dataset_type SET STORAGE MAIN,
  ALTER COLUMN state SET STORAGE MAIN,
  ALTER COLUMN capacity SET STORAGE MAIN,
  ALTER COLUMN tags SET STORAGE MAIN,
  ALTER COLUMN groups SET STORAGE MAIN,
  ALTER COLUMN res_format SET STORAGE MAIN,
  ALTER COLUMN labels SET STORAGE MAIN,
  ALTER COLUMN lengths SET STORAGE EXTERNAL,
  ALTER COLUMN totals SET STORAGE EXTERNAL,
  ALTER COLUMN exact SET STORAGE EXTERNAL,
  ALTER COLUMN terms SET STORAGE EXTERNAL,
  ALTER COLUMN numbers SET STORAGE EXTERNAL,
  ALTER COLUMN fields SET STORAGE EXTERNAL;

-- Every row is written anew, which is several times faster without the indexes.
DROP INDEX portolan.search_document_terms_idx, portolan.search_document_exact_idx;

-- A term that occurs n times in a document is there once more for each bit of n - 1 (`field<US>term<RS>2` is worth
-- four): so the index tells how often a term occurs without a look at the documents.
UPDATE portolan.search_document SET
  length_title = (lengths->>'title')::integer,
  length_notes = (lengths->>'notes')::integer,
  length_text = (lengths->>'text')::integer,
  terms = terms || coalesce((
    SELECT array_to_tsvector(array_agg(key || E'\x1e' || place))
    FROM jsonb_each_text(frequencies), generate_series(0, 7) AS place
    WHERE (least(value::integer, 256) - 1) >> place & 1 = 1), '');

-- A longer list of what is still to be sorted in makes bulk writes twice as fast, and look-ups hardly slower.
CREATE INDEX search_document_terms_idx ON portolan.search_document USING gin (terms)
  WITH (fastupdate = on, gin_pending_list_limit = 4096);
CREATE INDEX search_document_exact_idx ON portolan.search_document USING gin (exact)
  WITH (fastupdate = on, gin_pending_list_limit = 4096);

ALTER TABLE portolan.search_document DROP COLUMN frequencies;

-- Which documents changed in which transaction, so that columns in memory can be brought up to date. Rows without a
-- number say that notes of transactions up to `below` are gone.
CREATE TABLE portolan.search_change (
  number integer,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  below xid8,
  created timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX search_change_txid_idx ON portolan.search_change (txid);
CREATE INDEX search_change_below_idx ON portolan.search_change (below) WHERE number IS NULL;

CREATE FUNCTION portolan.note_search_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.search_change (number) SELECT number FROM changed;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_insert AFTER INSERT ON portolan.search_document REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change();
CREATE TRIGGER portolan_update AFTER UPDATE ON portolan.search_document REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change();
CREATE TRIGGER portolan_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change();

CREATE FUNCTION portolan.note_search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.search_change (below) VALUES (pg_current_xact_id());
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_truncate AFTER TRUNCATE ON portolan.search_document
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_emptied();

-- Look-ups as packed numbers, four bytes each: a list of 50,000 is one value, not 50,000 rows. Sequential scans are
-- off since the planner does not count what it costs to unpack a document's terms.

CREATE FUNCTION portolan.search_numbers(query tsquery) RETURNS bytea
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT string_agg(int4send(d.number), '') FROM portolan.search_document AS d WHERE d.terms @@ query
$$;

CREATE FUNCTION portolan.search_value_numbers(keys text[]) RETURNS bytea
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT string_agg(int4send(d.number), '') FROM portolan.search_document AS d WHERE d.exact && keys
$$;

-- One lexeme as a query, whatever its characters.
CREATE FUNCTION portolan.search_lexeme(lexeme text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery
$$;

DROP FUNCTION portolan.search_scored_terms(tsquery, text, text[], double precision, double precision, double precision);
DROP FUNCTION portolan.search_scored_values(text[], double precision, double precision);
DROP FUNCTION portolan.search_rarity(double precision, double precision);
DROP FUNCTION portolan.search_saturation(double precision, double precision, double precision);
