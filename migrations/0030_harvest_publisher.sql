-- Scripts of data.gov.uk join organisations by harvest_source.publisher_id, which CKAN has long left empty. It follows the
-- owner of the source's dataset, unless it was given.
ALTER TABLE portolan.harvest_source_state ADD COLUMN publisher_given boolean NOT NULL DEFAULT false;

INSERT INTO portolan.harvest_source_state (source_id, publisher_given)
SELECT id, true FROM harvest_source WHERE publisher_id <> ''
ON CONFLICT (source_id) DO UPDATE SET publisher_given = true;
UPDATE harvest_source s SET publisher_id = p.owner_org
FROM package p WHERE p.id = s.id AND s.publisher_id = '' AND p.owner_org IS NOT NULL;

CREATE FUNCTION portolan.publish_harvest_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'harvest_source' THEN
    IF coalesce(NEW.publisher_id, '') = '' THEN
      NEW.publisher_id := coalesce((SELECT owner_org FROM package WHERE id = NEW.id), '');
    END IF;
    RETURN NEW;
  END IF;
  UPDATE harvest_source s SET publisher_id = coalesce(NEW.owner_org, '')
  WHERE s.id = NEW.id AND s.publisher_id IN ('', coalesce(OLD.owner_org, ''))
    AND NOT EXISTS (SELECT FROM portolan.harvest_source_state t WHERE t.source_id = s.id AND t.publisher_given);
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_publisher BEFORE INSERT ON harvest_source
  FOR EACH ROW EXECUTE FUNCTION portolan.publish_harvest_source();
CREATE TRIGGER portolan_publisher AFTER UPDATE OF owner_org ON package
  FOR EACH ROW WHEN (NEW.type = 'harvest' AND NEW.owner_org IS DISTINCT FROM OLD.owner_org)
  EXECUTE FUNCTION portolan.publish_harvest_source();
