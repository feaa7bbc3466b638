-- The change feed: what mirrors follow instead of sweeping the catalogue (docs/adr/0006).

-- A change as its own transaction notes it, not yet in order. Append-only for writers, emptied by the sequencer.
-- `labels` are those that let somebody see the dataset before or after the change, where the change touched them.
CREATE TABLE portolan.change_note (
  id bigint GENERATED ALWAYS AS IDENTITY,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind text NOT NULL,
  key text NOT NULL,
  labels text[],
  CONSTRAINT change_note_pkey PRIMARY KEY (id)
);

-- The changes in the order of their commits, one a transaction and object. A cursor names a row by its position and
-- the moment it got it, so that a position that means another change in a restored database is found out.
CREATE TABLE portolan.change (
  position bigint GENERATED ALWAYS AS IDENTITY,
  sequenced timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
  kind text NOT NULL,
  key text NOT NULL,
  labels text[] NOT NULL DEFAULT '{}',
  CONSTRAINT change_pkey PRIMARY KEY (position)
);
-- There is always a row that a cursor can name.
INSERT INTO portolan.change (kind, key) VALUES ('start', '');

-- What a dataset was before it was deleted, for whoever brings it back.
CREATE TABLE portolan.deleted_dataset (
  package_id text NOT NULL,
  state text NOT NULL,
  name text NOT NULL,
  -- Ids of the rows of `member` that were active.
  memberships text[] NOT NULL,
  -- Rows of `package_member`.
  collaborators jsonb NOT NULL,
  CONSTRAINT deleted_dataset_pkey PRIMARY KEY (package_id)
);

-- Permission labels of a dataset, as packages/catalogue/authorisation/labels.ts has them; those of collaborators
-- always, since nobody holds them where there are none.
CREATE FUNCTION portolan.dataset_labels(id text, state text, private boolean, owner_org text, creator text)
RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN state = 'active' AND NOT coalesce(private, false) THEN ARRAY['public']
    WHEN owner_org <> '' THEN ARRAY['member-' || owner_org, 'collaborator-' || id]
    ELSE ARRAY['creator-' || coalesce(creator, 'null'), 'collaborator-' || id]
  END;
$$;

-- Gives every committed change its position. One sequencer at a time: positions become visible in their order, so
-- nobody who reads up to one ever misses a lower one. A transaction that wrote what another had committed noted it
-- later, hence the order by each transaction's last note. Returns how many changes it placed.
CREATE FUNCTION portolan.sequence_changes() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  placed bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('portolan.change', 0)) THEN
    RETURN 0;
  END IF;
  -- A statement of its own: its snapshot is younger than the lock.
  WITH taken AS (
    DELETE FROM portolan.change_note RETURNING id, txid, kind, key, labels
  ), merged AS (
    SELECT max(max(t.id)) OVER (PARTITION BY t.txid) AS turn, max(t.id) AS last, t.kind, t.key,
      array_agg(DISTINCT label) FILTER (WHERE label IS NOT NULL) AS labels
    FROM taken t LEFT JOIN LATERAL unnest(t.labels) AS label ON true
    GROUP BY t.txid, t.kind, t.key
  )
  INSERT INTO portolan.change (kind, key, labels)
  SELECT m.kind, m.key, coalesce(m.labels,
    portolan.dataset_labels(p.id, p.state, p.private, p.owner_org, p.creator_user_id), '{}')
  FROM merged m LEFT JOIN package p ON m.kind = 'dataset' AND p.id = m.key
  ORDER BY m.turn, m.last;
  GET DIAGNOSTICS placed = ROW_COUNT;
  RETURN placed;
END $$;

-- Changes of anything that shows in a dataset are noted for the index and for the feed.
CREATE OR REPLACE FUNCTION portolan.note(keys text[]) RETURNS void LANGUAGE sql AS $$
  WITH noted AS (
    INSERT INTO portolan.outbox (key) SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL ORDER BY key
    RETURNING key)
  INSERT INTO portolan.change_note (kind, key) SELECT 'dataset', key FROM noted;
  SELECT pg_notify('portolan_outbox', '');
$$;

-- Made or purged.
CREATE OR REPLACE FUNCTION portolan.note_package() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.outbox (key) SELECT id FROM changed ORDER BY id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT 'dataset', id, portolan.dataset_labels(id, state, private, owner_org, creator_user_id) FROM changed;
  IF TG_OP = 'DELETE' THEN
    DELETE FROM portolan.deleted_dataset d USING changed c WHERE d.package_id = c.id;
  END IF;
  PERFORM pg_notify('portolan_outbox', '');
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_package_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.outbox (key) SELECT id FROM changed ORDER BY id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT 'dataset', c.id, portolan.dataset_labels(c.id, c.state, c.private, c.owner_org, c.creator_user_id)
      || portolan.dataset_labels(f.id, f.state, f.private, f.owner_org, f.creator_user_id)
    FROM changed c LEFT JOIN former f ON f.id = c.id;
  PERFORM pg_notify('portolan_outbox', '');
  IF EXISTS (SELECT FROM former f JOIN changed c ON c.id = f.id WHERE c.state IS DISTINCT FROM f.state) THEN
    INSERT INTO portolan.deleted_dataset (package_id, state, name, memberships, collaborators)
      SELECT f.id, coalesce(f.state, 'active'), f.name,
        ARRAY(SELECT m.id FROM member m
              WHERE m.table_name = 'package' AND m.table_id = f.id AND m.state = 'active'),
        (SELECT coalesce(jsonb_agg(to_jsonb(pm)), '[]') FROM package_member pm WHERE pm.package_id = f.id)
      FROM former f JOIN changed c ON c.id = f.id
      WHERE c.state = 'deleted' AND f.state IS DISTINCT FROM 'deleted'
      ON CONFLICT (package_id) DO UPDATE SET state = excluded.state, name = excluded.name,
        memberships = excluded.memberships, collaborators = excluded.collaborators;
    DELETE FROM portolan.deleted_dataset d USING changed c
      WHERE d.package_id = c.id AND c.state IS DISTINCT FROM 'deleted';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER portolan_update ON package;
CREATE TRIGGER portolan_update AFTER UPDATE ON package REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_update();

-- Organisations and groups themselves.
CREATE FUNCTION portolan.note_group_ids(ids text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT CASE WHEN is_organization THEN 'organization' ELSE 'group' END, id, '{public}'
    FROM "group" WHERE id = ANY(ids);
  SELECT pg_notify('portolan_outbox', '');
$$;

CREATE OR REPLACE FUNCTION portolan.note_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM (
    SELECT p.id FROM package p JOIN changed g ON p.owner_org = g.id
    UNION
    SELECT m.table_id FROM member m JOIN changed g ON m.group_id = g.id WHERE m.table_name = 'package'
  ) AS affected HAVING count(*) > 0;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT CASE WHEN is_organization THEN 'organization' ELSE 'group' END, id, '{public}' FROM changed;
  IF FOUND THEN PERFORM pg_notify('portolan_outbox', ''); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_group_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note_group_ids(array_agg(group_id)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_insert AFTER INSERT ON group_extra REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id();
CREATE TRIGGER portolan_update AFTER UPDATE ON group_extra REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id();
CREATE TRIGGER portolan_delete AFTER DELETE ON group_extra REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id();

-- A membership concerns the dataset, or the group that is placed below another.
CREATE OR REPLACE FUNCTION portolan.note_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(table_id)) FROM changed WHERE table_name = 'package' HAVING count(*) > 0;
  PERFORM portolan.note_group_ids(array_agg(group_id)) FROM changed WHERE table_name = 'group' HAVING count(*) > 0;
  RETURN NULL;
END $$;

-- The stored document's strong validator: If-None-Match is answered without reading the text.
ALTER TABLE portolan.dataset_document ADD COLUMN etag text;
