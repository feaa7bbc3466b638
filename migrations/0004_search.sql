-- The search index of the PostgreSQL engine: one row a dataset, everything of it made from the dataset's document,
-- so it can be emptied and built again at any time. Text is compared by code point, as Solr compares it.

CREATE TABLE portolan.search_document (
  package_id text NOT NULL,
  -- Orders documents that are otherwise equal: first indexed, first listed. It stays when a document is replaced.
  number integer GENERATED ALWAYS AS IDENTITY,
  name text COLLATE "C",
  title_string text COLLATE "C",
  organization text COLLATE "C",
  owner_org text COLLATE "C",
  license_id text COLLATE "C",
  dataset_type text COLLATE "C",
  state text COLLATE "C",
  capacity text COLLATE "C",
  -- Milliseconds since the epoch.
  metadata_created bigint,
  metadata_modified bigint,
  tags text[] COLLATE "C" NOT NULL,
  groups text[] COLLATE "C" NOT NULL,
  res_format text[] COLLATE "C" NOT NULL,
  labels text[] COLLATE "C" NOT NULL,
  minx double precision,
  miny double precision,
  maxx double precision,
  maxy double precision,
  -- Tokens of each text field, in the coarse steps in which BM25 counts them.
  lengths jsonb NOT NULL,
  -- Occurrences of `field<US>term` where there is more than one.
  frequencies jsonb NOT NULL,
  -- Tokens or values of every field, for the corpus' statistics when the document is replaced.
  totals jsonb NOT NULL,
  -- `field`, and `field<US>value`, of every field that is compared as a whole.
  exact text[] COLLATE "C" NOT NULL,
  -- `field<US>term` of every text field, with places.
  terms tsvector NOT NULL,
  -- Other dates and numbers, by field.
  numbers jsonb NOT NULL,
  -- All values of all fields, as arrays of text.
  fields jsonb NOT NULL,
  CONSTRAINT search_document_pkey PRIMARY KEY (package_id),
  CONSTRAINT search_document_number_key UNIQUE (number)
);
CREATE INDEX search_document_terms_idx ON portolan.search_document USING gin (terms)
  WITH (fastupdate = on, gin_pending_list_limit = 512);
CREATE INDEX search_document_exact_idx ON portolan.search_document USING gin (exact)
  WITH (fastupdate = on, gin_pending_list_limit = 512);
CREATE INDEX search_document_name_idx ON portolan.search_document (name);
CREATE INDEX search_document_organization_idx ON portolan.search_document (organization);
CREATE INDEX search_document_metadata_modified_idx ON portolan.search_document (metadata_modified);

-- Every term that a text field has or had: what wildcards, ranges and fuzzy words are expanded from.
CREATE TABLE portolan.search_term (
  field text COLLATE "C" NOT NULL,
  term text COLLATE "C" NOT NULL,
  CONSTRAINT search_term_pkey PRIMARY KEY (field, term)
);

-- Documents and tokens of each field, as sums of signed rows: writers only add rows, so they never wait for each
-- other; now and then one of them folds what is there into one row a field.
CREATE TABLE portolan.search_statistic (
  id bigint GENERATED ALWAYS AS IDENTITY,
  field text COLLATE "C" NOT NULL,
  documents integer NOT NULL,
  tokens bigint NOT NULL,
  CONSTRAINT search_statistic_pkey PRIMARY KEY (id)
);
CREATE INDEX search_statistic_field_idx ON portolan.search_statistic (field) INCLUDE (documents, tokens);

-- BM25 as Lucene counts it (k1 1.2, b 0.75). `corpus` and `matching` are documents that have the field, the term.
CREATE FUNCTION portolan.search_rarity(matching double precision, corpus double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ln(1 + (greatest(corpus, matching) - matching + 0.5) / (matching + 0.5))
$$;

CREATE FUNCTION portolan.search_saturation(frequency double precision, length double precision, average double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT frequency / (frequency + 1.2 * (0.25 + 0.75 * length / greatest(average, 1)))
$$;

-- Look-ups in the two indexes. Each is a function because of its setting: the planner does not count what it costs
-- to unpack a document's terms, so left to itself it reads them all rather than use the index.

CREATE FUNCTION portolan.search_terms(query tsquery) RETURNS TABLE (number integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number FROM portolan.search_document AS d WHERE d.terms @@ query
$$;

CREATE FUNCTION portolan.search_values(keys text[]) RETURNS TABLE (number integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number FROM portolan.search_document AS d WHERE d.exact && keys
$$;

-- With scores: `keys` are the lexemes whose occurrences count, `rarity` what the query weighs (or null, and then it
-- follows from how many documents match).
CREATE FUNCTION portolan.search_scored_terms(
  query tsquery, field text, keys text[], corpus double precision, average double precision, rarity double precision)
RETURNS TABLE (number integer, score double precision)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT m.number, coalesce(rarity, portolan.search_rarity(count(*) OVER (), corpus))
    * portolan.search_saturation(m.frequency, m.length, average)
  FROM (
    SELECT d.number, (d.lengths->>field)::double precision AS length,
      greatest(1, CASE cardinality(keys) WHEN 1 THEN (d.frequencies->>keys[1])::integer
        ELSE (SELECT sum(coalesce((d.frequencies->>k)::integer, 1)) FROM unnest(keys) AS k
          WHERE d.terms @@ quote_literal(k)::tsquery) END) AS frequency
    FROM portolan.search_document AS d WHERE d.terms @@ query OFFSET 0) AS m
$$;

CREATE FUNCTION portolan.search_scored_values(keys text[], corpus double precision, average double precision)
RETURNS TABLE (number integer, score double precision)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number, portolan.search_rarity(count(*) OVER (), corpus) * portolan.search_saturation(1, 1, average)
  FROM portolan.search_document AS d WHERE d.exact && keys
$$;
