-- Look-ups among a few documents: what a process holds of a look-up it brings up to date with those that have changed.
-- They are taken by their numbers first; left to itself the planner may go through the large index for them.

CREATE FUNCTION portolan.search_numbers(query tsquery, among integer[]) RETURNS bytea
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT string_agg(int4send(d.number), '')
  FROM (SELECT number, terms FROM portolan.search_document WHERE number = ANY (among) OFFSET 0) AS d
  WHERE d.terms @@ query
$$;

CREATE FUNCTION portolan.search_value_numbers(keys text[], among integer[]) RETURNS bytea
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT string_agg(int4send(d.number), '')
  FROM (SELECT number, exact FROM portolan.search_document WHERE number = ANY (among) OFFSET 0) AS d
  WHERE d.exact && keys
$$;

CREATE FUNCTION portolan.search_values(keys text[], among integer[]) RETURNS TABLE (number integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT d.number
  FROM (SELECT number, exact FROM portolan.search_document WHERE number = ANY (among) OFFSET 0) AS d
  WHERE d.exact && keys
$$;
