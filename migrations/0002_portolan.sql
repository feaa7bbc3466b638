-- Everything of ours stands in this schema; CKAN's tables stay exactly as CKAN made them.

CREATE SCHEMA IF NOT EXISTS portolan;

-- What the index has to catch up with. A row is a hint that dataset `key` changed in the transaction that wrote
-- the row; it is deleted in the transaction that indexed a later state. Append-only, so writers never wait here.
CREATE TABLE portolan.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY,
  key text NOT NULL,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_key_idx ON portolan.outbox (key);
CREATE INDEX outbox_txid_idx ON portolan.outbox (txid);

-- The dataset as package_show answers it, as text that is spliced into answers. `form` names the builder and the
-- settings that made it; another form, or a row in the outbox, and the text is not used.
CREATE TABLE portolan.dataset_document (
  package_id text NOT NULL,
  form text NOT NULL,
  document text NOT NULL,
  labels text[] NOT NULL,
  CONSTRAINT dataset_document_pkey PRIMARY KEY (package_id)
);

-- The file behind an uploaded resource. Keys are never reused, so a download never meets half of another upload.
CREATE TABLE portolan.resource_file (
  resource_id text NOT NULL,
  key text NOT NULL,
  filename text NOT NULL,
  size bigint NOT NULL,
  sha256 text NOT NULL,
  uploaded timestamp NOT NULL,
  CONSTRAINT resource_file_pkey PRIMARY KEY (resource_id)
);

-- What every process has to know at once: the read-only gate, and settings in force on top of the configuration.
CREATE TABLE portolan.control (
  singleton boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 1,
  read_only boolean NOT NULL DEFAULT false,
  reason text NOT NULL DEFAULT '',
  settings jsonb NOT NULL DEFAULT '{}',
  changed timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT control_pkey PRIMARY KEY (singleton),
  CONSTRAINT control_singleton_check CHECK (singleton)
);
INSERT INTO portolan.control DEFAULT VALUES;

-- Who is running, and which epoch of the control row each process obeys. A process lives as long as its session
-- does (`backend`, `backend_start` of pg_stat_activity): no heartbeat has to be written, also in read-only mode.
CREATE TABLE portolan.process (
  id text NOT NULL,
  service text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  backend integer NOT NULL,
  backend_start timestamptz NOT NULL,
  epoch bigint NOT NULL,
  started timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT process_pkey PRIMARY KEY (id)
);

-- Every change that shows in a dataset's document or in who may see it, also one made by hand, is noted here.
-- Statement triggers with transition tables: one note a dataset and statement, however many rows it touched.

CREATE FUNCTION portolan.note(keys text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO portolan.outbox (key) SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL ORDER BY key;
  SELECT pg_notify('portolan_outbox', '');
$$;

CREATE FUNCTION portolan.note_package() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_package_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(package_id)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(table_id)) FROM changed WHERE table_name = 'package' HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_relationship() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM (
    SELECT subject_package_id AS id FROM changed UNION SELECT object_package_id FROM changed
  ) AS either HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM (
    SELECT p.id FROM package p JOIN changed g ON p.owner_org = g.id
    UNION
    SELECT m.table_id FROM member m JOIN changed g ON m.group_id = g.id WHERE m.table_name = 'package'
  ) AS affected HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(pt.package_id)) FROM package_tag pt JOIN changed t ON pt.tag_id = t.id HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_vocabulary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(pt.package_id)) FROM package_tag pt JOIN tag t ON pt.tag_id = t.id
    JOIN changed v ON t.vocabulary_id = v.id HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_harvest_object() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(package_id)) FROM changed WHERE package_id IS NOT NULL HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION portolan.note_harvest_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(array_agg(o.package_id)) FROM harvest_object o JOIN changed s ON o.harvest_source_id = s.id
    WHERE o.current HAVING count(*) > 0;
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched text[][] := ARRAY[
    ['package', 'note_package'], ['package_extra', 'note_package_id'], ['resource', 'note_package_id'],
    ['package_tag', 'note_package_id'], ['package_member', 'note_package_id'], ['member', 'note_member'],
    ['package_relationship', 'note_relationship'], ['group', 'note_group'], ['tag', 'note_tag'],
    ['vocabulary', 'note_vocabulary'], ['harvest_object', 'note_harvest_object'],
    ['harvest_source', 'note_harvest_source']];
  pair text[];
BEGIN
  FOREACH pair SLICE 1 IN ARRAY watched LOOP
    EXECUTE format('CREATE TRIGGER portolan_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION portolan.%I()', pair[1], pair[2]);
    EXECUTE format('CREATE TRIGGER portolan_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION portolan.%I()', pair[1], pair[2]);
    EXECUTE format('CREATE TRIGGER portolan_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION portolan.%I()', pair[1], pair[2]);
  END LOOP;
END $$;

-- An update that moves a row to another dataset changes the one it left, too.
CREATE FUNCTION portolan.note_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM portolan.note(ARRAY[OLD.package_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON resource
  FOR EACH ROW WHEN (OLD.package_id IS DISTINCT FROM NEW.package_id) EXECUTE FUNCTION portolan.note_moved();
CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON package_extra
  FOR EACH ROW WHEN (OLD.package_id IS DISTINCT FROM NEW.package_id) EXECUTE FUNCTION portolan.note_moved();
CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON package_tag
  FOR EACH ROW WHEN (OLD.package_id IS DISTINCT FROM NEW.package_id) EXECUTE FUNCTION portolan.note_moved();
CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON harvest_object
  FOR EACH ROW WHEN (OLD.package_id IS DISTINCT FROM NEW.package_id) EXECUTE FUNCTION portolan.note_moved();

-- Two free tags of one name do not collide in CKAN's unique constraint, since NULL is never equal to NULL.
CREATE UNIQUE INDEX portolan_free_tag_name ON tag (name) WHERE vocabulary_id IS NULL;

-- CKAN has no index for the datasets of an organisation, which every page of one asks for.
CREATE INDEX portolan_owner_org ON package (owner_org);
