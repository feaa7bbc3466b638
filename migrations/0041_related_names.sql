-- Datasets are found by the names of those that they are related to, so these names are of what index entries are made
-- from. Documents do not show them: the change feed has nothing to tell.
CREATE OR REPLACE VIEW portolan.dataset_hash AS
SELECT package_id, bit_xor(hash) AS hash
FROM (
  SELECT p.id AS package_id, hash_record_extended(p.*, 1) AS hash, true AS root FROM package p
  UNION ALL
  SELECT e.package_id, hash_record_extended(e.*, 2), false FROM package_extra e WHERE e.state = 'active'
  UNION ALL
  SELECT r.package_id, hash_record_extended(r.*, 3), false FROM resource r WHERE r.state = 'active'
  UNION ALL
  SELECT pt.package_id, hash_record_extended(ROW(pt.id, t.*, v.name), 4), false
  FROM package_tag pt JOIN tag t ON t.id = pt.tag_id LEFT JOIN vocabulary v ON v.id = t.vocabulary_id
  WHERE pt.state = 'active'
  UNION ALL
  SELECT m.table_id, hash_record_extended(ROW(m.id, g.*), 5), false
  FROM member m JOIN "group" g ON g.id = m.group_id WHERE m.table_name = 'package' AND m.state = 'active'
  UNION ALL
  SELECT p.id, hash_record_extended(o.*, 6), false FROM package p JOIN "group" o ON o.id = p.owner_org
  UNION ALL
  SELECT s.subject_package_id, hash_record_extended(ROW(s.*, other.name), 7), false
  FROM package_relationship s LEFT JOIN package other ON other.id = s.object_package_id WHERE s.state = 'active'
  UNION ALL
  SELECT s.object_package_id, hash_record_extended(ROW(s.*, other.name), 8), false
  FROM package_relationship s LEFT JOIN package other ON other.id = s.subject_package_id WHERE s.state = 'active'
  UNION ALL
  SELECT h.package_id, hash_record_extended(ROW(h.id, h.harvest_source_id, h.import_finished, hs.title), 9), false
  FROM harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id WHERE h.current
  UNION ALL
  SELECT c.package_id, hash_record_extended(c.*, 10), false FROM package_member c
) AS part
GROUP BY package_id HAVING bool_or(root);

CREATE FUNCTION portolan.note_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.outbox (key)
    SELECT subject_package_id FROM public.package_relationship
      WHERE object_package_id = NEW.id AND state = 'active' AND subject_package_id IS NOT NULL
    UNION
    SELECT object_package_id FROM public.package_relationship
      WHERE subject_package_id = NEW.id AND state = 'active' AND object_package_id IS NOT NULL;
  IF FOUND THEN PERFORM pg_notify('portolan_outbox', ''); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_renamed AFTER UPDATE OF name ON package
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION portolan.note_renamed();
