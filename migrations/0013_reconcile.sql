-- What the reconciler compares: rows with stored documents, and those with the index.

-- The rows as they were when the document was made (`dataset_hash`), and the index entry as it was written; none for
-- a dataset that does not belong into the index. Documents of before are made anew once.
ALTER TABLE portolan.dataset_document ADD COLUMN rows_hash bigint, ADD COLUMN index_checksum text;

-- A hash of all rows that a dataset's document and its visibility are made from. Conditions on package_id reach the
-- indexes of the tables, so it is read by a list of ids. Whole rows are hashed, but for harvest objects, which hold
-- whole documents.
CREATE VIEW portolan.dataset_hash AS
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
  SELECT s.subject_package_id, hash_record_extended(s.*, 7), false FROM package_relationship s WHERE s.state = 'active'
  UNION ALL
  SELECT s.object_package_id, hash_record_extended(s.*, 8), false FROM package_relationship s WHERE s.state = 'active'
  UNION ALL
  SELECT h.package_id, hash_record_extended(ROW(h.id, h.harvest_source_id, h.import_finished, hs.title), 9), false
  FROM harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id WHERE h.current
) AS part
GROUP BY package_id HAVING bool_or(root);

-- What the comparison has found; the row is there once it has run.
CREATE TABLE portolan.index_reconciliation (
  singleton boolean NOT NULL DEFAULT true,
  -- When everything was last compared.
  finished timestamptz,
  datasets integer NOT NULL DEFAULT 0,
  -- Datasets and entries that are known to differ now, and all that were made to agree since the beginning.
  different integer NOT NULL DEFAULT 0,
  healed bigint NOT NULL DEFAULT 0,
  CONSTRAINT index_reconciliation_pkey PRIMARY KEY (singleton),
  CONSTRAINT index_reconciliation_singleton_check CHECK (singleton)
);
