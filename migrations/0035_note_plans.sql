-- What triggers call keeps its plans for the session: functions in SQL are planned anew by each statement that calls
-- them, which was half of what a trigger took.
CREATE OR REPLACE FUNCTION portolan.not_yet_noted(keys text[]) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF keys IS NULL THEN RETURN NULL; END IF;
  RETURN (SELECT array_agg(k) FROM unnest(keys) AS k
    WHERE NOT EXISTS (SELECT FROM public.package p WHERE p.id = k AND p.xmin = pg_current_xact_id()::xid));
END $$;

CREATE OR REPLACE FUNCTION portolan.note(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH noted AS (
    INSERT INTO portolan.outbox (key) SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL ORDER BY key
    RETURNING key)
  INSERT INTO portolan.change_note (kind, key) SELECT 'dataset', key FROM noted;
  PERFORM pg_notify('portolan_outbox', '');
END $$;

CREATE OR REPLACE FUNCTION portolan.note_group_ids(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT CASE WHEN is_organization THEN 'organization' ELSE 'group' END, id, '{public}'
    FROM public."group" WHERE id = ANY (ids);
  PERFORM pg_notify('portolan_outbox', '');
END $$;
