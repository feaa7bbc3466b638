-- New terms are looked up one by one in the index: of a table that it knows nothing of yet, or of one that is large, the
-- planner would rather read all.
CREATE FUNCTION portolan.learn_search_terms(fields text[], terms text[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO portolan.search_term (field, term)
  SELECT t.field, t.term FROM unnest(fields, terms) AS t(field, term)
  LEFT JOIN LATERAL (SELECT true AS known FROM portolan.search_term AS k
    WHERE k.field = t.field COLLATE "C" AND k.term = t.term COLLATE "C" LIMIT 1) AS there ON true
  WHERE known IS NULL
  ORDER BY t.field COLLATE "C", t.term COLLATE "C"
  ON CONFLICT DO NOTHING;
END $$;

-- How much may wait to be put in order is for the session to say: little for most, more for who writes many documents.
ALTER INDEX portolan.search_posting_terms_idx RESET (gin_pending_list_limit);
ALTER INDEX portolan.search_posting_exact_idx RESET (gin_pending_list_limit);
