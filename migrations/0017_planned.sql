-- What a job is going to do with a record, known before anything is applied; `compare` until its content is fetched.
-- None for records that the listing tells to be unchanged: they are done with their row.
ALTER TABLE portolan.harvest_object_state
  ADD COLUMN planned text,
  ADD CONSTRAINT harvest_object_state_planned_check CHECK (planned IN ('create', 'update', 'compare', 'delete'));
