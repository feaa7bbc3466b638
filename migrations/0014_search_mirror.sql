-- OpenSearch as a mirror of portolan.search_document: what it has yet to get, and the indices that are written.

-- The indices of this portal on OpenSearch. None: there is no mirror, and nothing is noted for it.
CREATE TABLE portolan.search_mirror_index (
  name text NOT NULL,
  number integer GENERATED ALWAYS AS IDENTITY,
  -- Version of the mapping it was made with.
  mapping text NOT NULL,
  -- `building` and `live` are written; `previous` is kept as it was, to go back to.
  state text NOT NULL,
  -- While it is built: the last dataset copied (null: all are), and how many were.
  copied_to text DEFAULT '',
  copied integer NOT NULL DEFAULT 0,
  created timestamptz NOT NULL DEFAULT now(),
  -- When it was last compared whole, what is known to differ since, and all that were made to agree.
  compared timestamptz,
  different integer NOT NULL DEFAULT 0,
  healed bigint NOT NULL DEFAULT 0,
  CONSTRAINT search_mirror_index_pkey PRIMARY KEY (name),
  CONSTRAINT search_mirror_index_state_key UNIQUE (state),
  CONSTRAINT search_mirror_index_state_check CHECK (state IN ('building', 'live', 'previous'))
);

-- One row a dataset that the index holds, or held until OpenSearch is told. Versions only grow, whoever writes in
-- whatever order: they are OpenSearch's external versions, so that late and doubled deliveries change nothing.
CREATE TABLE portolan.search_mirror (
  package_id text NOT NULL,
  version bigint NOT NULL,
  -- Since when OpenSearch has to be told; null: it has been.
  since timestamptz,
  CONSTRAINT search_mirror_pkey PRIMARY KEY (package_id)
) WITH (fillfactor = 70);
CREATE INDEX search_mirror_since_idx ON portolan.search_mirror (since) WHERE since IS NOT NULL;
CREATE SEQUENCE portolan.search_mirror_version;

CREATE FUNCTION portolan.mirror(ids text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO portolan.search_mirror AS m (package_id, version, since)
  SELECT id, nextval('portolan.search_mirror_version'), clock_timestamp()
  FROM (SELECT DISTINCT unnest(ids) AS id ORDER BY 1) AS changed
  ON CONFLICT (package_id) DO UPDATE
    SET version = greatest(excluded.version, m.version + 1), since = coalesce(m.since, excluded.since)
$$;

CREATE FUNCTION portolan.note_search_mirror() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM portolan.search_mirror_index) THEN
    PERFORM portolan.mirror(array_agg(package_id)) FROM changed HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_mirror_insert AFTER INSERT ON portolan.search_document REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror();
CREATE TRIGGER portolan_mirror_update AFTER UPDATE ON portolan.search_document REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror();
CREATE TRIGGER portolan_mirror_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror();

CREATE FUNCTION portolan.note_search_mirror_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.mirror(array_agg(package_id)) FROM portolan.search_mirror HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_mirror_truncate AFTER TRUNCATE ON portolan.search_document
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror_emptied();

-- Collaborators see a dataset, so they are of what its index entry is made from.
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
  SELECT s.subject_package_id, hash_record_extended(s.*, 7), false FROM package_relationship s WHERE s.state = 'active'
  UNION ALL
  SELECT s.object_package_id, hash_record_extended(s.*, 8), false FROM package_relationship s WHERE s.state = 'active'
  UNION ALL
  SELECT h.package_id, hash_record_extended(ROW(h.id, h.harvest_source_id, h.import_finished, hs.title), 9), false
  FROM harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id WHERE h.current
  UNION ALL
  SELECT c.package_id, hash_record_extended(c.*, 10), false FROM package_member c
) AS part
GROUP BY package_id HAVING bool_or(root);
