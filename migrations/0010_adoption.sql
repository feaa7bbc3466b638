-- The manual looks sources up by name (`SELECT id FROM harvest_source WHERE name = …`), a column that CKAN's table
-- lacks: it repeats the name of the source's dataset. CKAN does not mind.
ALTER TABLE harvest_source ADD COLUMN IF NOT EXISTS name text;
UPDATE harvest_source s SET name = p.name FROM package p WHERE p.id = s.id AND s.name IS DISTINCT FROM p.name;

CREATE FUNCTION portolan.name_harvest_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'harvest_source' THEN
    NEW.name := coalesce((SELECT name FROM package WHERE id = NEW.id), NEW.name);
    RETURN NEW;
  END IF;
  UPDATE harvest_source SET name = NEW.name WHERE id = NEW.id AND name IS DISTINCT FROM NEW.name;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_name BEFORE INSERT ON harvest_source
  FOR EACH ROW EXECUTE FUNCTION portolan.name_harvest_source();
CREATE TRIGGER portolan_name AFTER INSERT OR UPDATE OF name ON package
  FOR EACH ROW WHEN (NEW.type = 'harvest') EXECUTE FUNCTION portolan.name_harvest_source();

-- What `portolan adopt` has done to a database that CKAN made: so that it can go on after a crash, and be undone.
CREATE TABLE portolan.adoption (
  step text NOT NULL,
  done timestamptz NOT NULL DEFAULT now(),
  report jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT adoption_pkey PRIMARY KEY (step)
);

-- Rows that the clean-up has taken out or changed, as they were.
CREATE TABLE portolan.adoption_row (
  id bigint GENERATED ALWAYS AS IDENTITY,
  step text NOT NULL,
  "table" text NOT NULL,
  before jsonb NOT NULL,
  CONSTRAINT adoption_row_pkey PRIMARY KEY (id)
);
