-- While datasets are purged, what goes with them need not note them table by table: their own rows go last, and note
-- them. Nor need a harvested record whose dataset is written in the same transaction.

CREATE OR REPLACE FUNCTION portolan.not_yet_noted(keys text[]) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF keys IS NULL OR current_setting('portolan.purging', true) = 'on' THEN RETURN NULL; END IF;
  RETURN (SELECT array_agg(k) FROM unnest(keys) AS k
    WHERE NOT EXISTS (SELECT FROM public.package p WHERE p.id = k AND p.xmin = pg_current_xact_id()::xid));
END $$;

CREATE OR REPLACE FUNCTION portolan.note_harvest_object() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE keys text[];
BEGIN
  SELECT portolan.not_yet_noted(array_agg(DISTINCT package_id)) INTO keys FROM changed WHERE package_id IS NOT NULL;
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  RETURN NULL;
END $$;
