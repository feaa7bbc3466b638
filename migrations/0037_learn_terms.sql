-- The table's own index tells which terms are there: looking all of them up before that took half as long again, and had
-- to be kept from reading the whole table.
CREATE OR REPLACE FUNCTION portolan.learn_search_terms(fields text[], terms text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.search_term (field, term)
  SELECT t.field, t.term FROM unnest(fields, terms) AS t(field, term)
  ORDER BY t.field COLLATE "C", t.term COLLATE "C"
  ON CONFLICT DO NOTHING;
END $$;
