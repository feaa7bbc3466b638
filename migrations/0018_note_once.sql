-- A write of a whole dataset touches its row and all its children in one transaction: the row's own trigger has noted
-- the dataset already, so the children's need not note it again. A row that another transaction wrote (or this one,
-- within a savepoint that carries its own id) is noted as before.

CREATE FUNCTION portolan.not_yet_noted(keys text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(k) FROM unnest(keys) AS k
  WHERE NOT EXISTS (SELECT FROM public.package p WHERE p.id = k AND p.xmin = pg_current_xact_id()::xid)
$$;

CREATE OR REPLACE FUNCTION portolan.note_package_id() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE keys text[];
BEGIN
  SELECT array_agg(DISTINCT package_id) INTO keys FROM changed;
  -- Collaborators change who may see the dataset: a note before theirs does not know of them.
  IF TG_TABLE_NAME <> 'package_member' THEN keys := portolan.not_yet_noted(keys); END IF;
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION portolan.note_member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE keys text[];
BEGIN
  SELECT portolan.not_yet_noted(array_agg(DISTINCT table_id)) INTO keys FROM changed WHERE table_name = 'package';
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  PERFORM portolan.note_group_ids(array_agg(group_id)) FROM changed WHERE table_name = 'group' HAVING count(*) > 0;
  RETURN NULL;
END $$;
