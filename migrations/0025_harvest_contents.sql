-- A record that is harvested again and again without a change has a row for every job, as in CKAN, but its text only
-- once: the others name the row that holds it. The record that is current has its text in its own row, where CKAN and
-- operators' SQL look for it. Without a holder: the text is the one that the record had, and is forgotten.

CREATE TABLE portolan.harvest_same_content (
  object_id text NOT NULL,
  holder_id text,
  CONSTRAINT harvest_same_content_pkey PRIMARY KEY (object_id),
  CONSTRAINT harvest_same_content_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object (id) ON DELETE CASCADE,
  -- Looked at when a transaction ends: by then the text of what it has deleted has gone to an heir. Should it not have
  -- (a deletion under REPEATABLE READ does not see the newest rows), the deletion fails, and no text is lost.
  CONSTRAINT harvest_same_content_holder_fkey FOREIGN KEY (holder_id) REFERENCES harvest_object (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX harvest_same_content_holder_idx ON portolan.harvest_same_content (holder_id);

-- The text of a record, wherever it is.
CREATE FUNCTION portolan.harvest_content(object text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(o.content, h.content) FROM public.harvest_object o
  LEFT JOIN portolan.harvest_same_content s ON s.object_id = o.id
  LEFT JOIN public.harvest_object h ON h.id = s.holder_id
  WHERE o.id = object
$$;

-- After the statement has deleted or emptied all that it is going to: an heir among those would be none, and one that a
-- statement changes while it deletes makes it fail. Rows are locked in the order in which a deletion locks them: the
-- record, then what is known of it.
CREATE FUNCTION portolan.hand_on_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  heir text;
  handed boolean;
BEGIN
  LOOP
    SELECT o.id INTO heir FROM portolan.harvest_same_content s JOIN public.harvest_object o ON o.id = s.object_id
      WHERE s.holder_id = OLD.id ORDER BY o.gathered DESC, o.id LIMIT 1;
    EXIT WHEN heir IS NULL;
    UPDATE public.harvest_object SET content = OLD.content WHERE id = heir AND content IS NULL;
    handed := FOUND;
    -- If it was not there any more, or has a text of its own, the next one is asked.
    DELETE FROM portolan.harvest_same_content WHERE object_id = heir;
    IF handed THEN
      UPDATE portolan.harvest_same_content SET holder_id = heir WHERE holder_id = OLD.id;
      EXIT;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_hand_on AFTER DELETE ON harvest_object
  FOR EACH ROW WHEN (OLD.content IS NOT NULL) EXECUTE FUNCTION portolan.hand_on_content();
CREATE TRIGGER portolan_hand_on_update AFTER UPDATE OF content ON harvest_object
  FOR EACH ROW WHEN (OLD.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content)
  EXECUTE FUNCTION portolan.hand_on_content();

-- A record that becomes current, by an import or by hand, has its text itself.
CREATE FUNCTION portolan.own_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.content := portolan.harvest_content(NEW.id);
  DELETE FROM portolan.harvest_same_content WHERE object_id = NEW.id;
  RETURN NEW;
END $$;
CREATE TRIGGER portolan_own BEFORE UPDATE OF current ON harvest_object
  FOR EACH ROW WHEN (NEW.current AND OLD.current IS NOT TRUE AND NEW.content IS NULL)
  EXECUTE FUNCTION portolan.own_content();

-- Whose text may be forgotten, the oldest first.
CREATE INDEX portolan_old_content ON harvest_object (gathered, id) WHERE content IS NOT NULL AND current IS NOT TRUE;
