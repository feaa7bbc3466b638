-- The audit log: every write, in a chain of hashes (docs/adr/0007).

-- As the write's own transaction notes it; the sealer moves it into the chain.
CREATE TABLE portolan.audit_note (
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
  -- How it came: `api`, `cli`, `harvester`, `portal` (its own housekeeping), `sql` for statements typed by hand.
  via text NOT NULL,
  -- The action, or statement and table.
  action text NOT NULL,
  -- `done`; `begun` and then `done` for an action in several transactions; `denied` (403), `refused` (409), `failed`.
  outcome text NOT NULL,
  user_id text,
  user_name text,
  token_id text,
  address text,
  request_id text,
  -- Ids of datasets it changed, and what its parameters named.
  concerns text[] NOT NULL DEFAULT '{}',
  -- SHA-256 of the parameters as JSON, secrets masked.
  parameters text,
  CONSTRAINT audit_note_pkey PRIMARY KEY (id)
);

CREATE TABLE portolan.audit (
  position bigint NOT NULL,
  at timestamp NOT NULL,
  via text NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  user_id text,
  user_name text,
  token_id text,
  address text,
  request_id text,
  concerns text[] NOT NULL,
  parameters text,
  -- SHA-256 of the hash before and this row.
  hash text NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (position)
);
CREATE INDEX audit_at_idx ON portolan.audit (at);
CREATE INDEX audit_concerns_idx ON portolan.audit USING gin (concerns);

-- Both ends of the chain: the last row, and the last that retention took away.
CREATE TABLE portolan.audit_seal (
  singleton boolean NOT NULL DEFAULT true,
  position bigint NOT NULL DEFAULT 0,
  hash text NOT NULL DEFAULT '',
  trimmed_position bigint NOT NULL DEFAULT 0,
  trimmed_hash text NOT NULL DEFAULT '',
  CONSTRAINT audit_seal_pkey PRIMARY KEY (singleton),
  CONSTRAINT audit_seal_singleton_check CHECK (singleton)
);

-- The hash of a row behind another. The fields by name: a column that a later release adds changes no old hash.
CREATE FUNCTION portolan.audit_hash(previous text, entry portolan.audit) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(previous || jsonb_build_array(entry.position, entry.at, entry.via, entry.action,
    entry.outcome, entry.user_id, entry.user_name, entry.token_id, entry.address, entry.request_id, entry.concerns,
    entry.parameters)::text, 'UTF8')), 'hex');
$$;

-- Moves what was committed into the chain. One sealer at a time; writers wait for nobody.
CREATE FUNCTION portolan.seal_audit() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  seal portolan.audit_seal;
  entry portolan.audit;
  sealed bigint := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('portolan.audit', 0)) THEN
    RETURN 0;
  END IF;
  IF NOT EXISTS (SELECT FROM portolan.audit_note) THEN
    RETURN 0;
  END IF;
  INSERT INTO portolan.audit_seal DEFAULT VALUES ON CONFLICT DO NOTHING;
  SELECT * INTO seal FROM portolan.audit_seal;
  FOR entry IN
    WITH taken AS (DELETE FROM portolan.audit_note RETURNING *)
    SELECT 0, at, via, action, outcome, user_id, user_name, token_id, address, request_id, concerns, parameters, ''
    FROM taken ORDER BY id
  LOOP
    seal.position := seal.position + 1;
    entry.position := seal.position;
    seal.hash := portolan.audit_hash(seal.hash, entry);
    entry.hash := seal.hash;
    INSERT INTO portolan.audit SELECT entry.*;
    sealed := sealed + 1;
  END LOOP;
  UPDATE portolan.audit_seal SET position = seal.position, hash = seal.hash;
  RETURN sealed;
END $$;

-- Forgets what is older than `before`, and puts that into the chain. Returns how many rows went.
CREATE FUNCTION portolan.trim_audit(before timestamp) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  edge portolan.audit;
  gone bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('portolan.audit', 0));
  SELECT * INTO edge FROM portolan.audit WHERE position < (
    SELECT coalesce(min(position), 9223372036854775807) FROM portolan.audit WHERE at >= before)
  ORDER BY position DESC LIMIT 1;
  IF edge.position IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM portolan.audit WHERE position <= edge.position;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE portolan.audit_seal SET trimmed_position = edge.position, trimmed_hash = edge.hash;
  INSERT INTO portolan.audit_note (via, action, outcome, concerns)
    VALUES ('portal', 'trim', 'done', ARRAY[edge.position::text, edge.hash]);
  RETURN gone;
END $$;

-- Statements typed by hand. Sessions of ours say so when they connect, and note their own writes.
CREATE FUNCTION portolan.note_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  keys text[];
BEGIN
  IF TG_OP <> 'TRUNCATE' THEN
    SELECT array_agg(key) INTO keys FROM (SELECT to_jsonb(c) ->> TG_ARGV[0] AS key FROM changed c LIMIT 100) AS first;
    IF keys IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO portolan.audit_note (via, action, outcome, user_name, address, request_id, concerns) VALUES
    ('sql', TG_OP || ' ' || TG_TABLE_NAME, 'done', session_user, host(inet_client_addr()),
     nullif(current_setting('application_name'), ''), coalesce(array_remove(keys, NULL), '{}'));
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched text[][] := ARRAY[
    ['package', 'id'], ['package_extra', 'package_id'], ['resource', 'package_id'], ['package_tag', 'package_id'],
    ['package_member', 'package_id'], ['package_relationship', 'subject_package_id'], ['resource_view', 'resource_id'],
    ['member', 'table_id'], ['group', 'id'], ['group_extra', 'group_id'], ['tag', 'id'], ['vocabulary', 'id'],
    ['user', 'id'], ['api_token', 'user_id'], ['system_info', 'key'], ['harvest_source', 'id']];
  pair text[];
  event text;
  rows text;
BEGIN
  FOREACH pair SLICE 1 IN ARRAY watched LOOP
    FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
      rows := CASE event WHEN 'insert' THEN 'REFERENCING NEW TABLE AS changed' WHEN 'truncate' THEN ''
                         ELSE 'REFERENCING OLD TABLE AS changed' END;
      EXECUTE format('CREATE TRIGGER portolan_by_hand_%s AFTER %s ON %I %s FOR EACH STATEMENT
                      WHEN (current_setting(''portolan.audited'', true) IS DISTINCT FROM ''on'')
                      EXECUTE FUNCTION portolan.note_by_hand(%L)', event, event, pair[1], rows, pair[2]);
    END LOOP;
  END LOOP;
END $$;
