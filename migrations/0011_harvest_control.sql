-- What operators decide about jobs, what sources have been told about, and what people have edited in harvested datasets.

ALTER TABLE portolan.harvest_job_state
  -- Set while the job waits for an operator; `resumed` starts the clock of its timeout anew.
  ADD COLUMN paused timestamp,
  ADD COLUMN resumed timestamp,
  -- When the mails and the webhook of the job's end were done with.
  ADD COLUMN told timestamp;

-- Why the plan of the record's last import was what it was.
ALTER TABLE portolan.harvest_object_state ADD COLUMN reason text;

ALTER TABLE portolan.harvest_source_state
  ADD COLUMN health text,
  ADD COLUMN health_since timestamp,
  -- The errors of the last mail: the same ones are not mailed again for a while.
  ADD COLUMN mailed timestamp,
  ADD COLUMN mailed_errors text;

-- A harvested dataset as the source has it, field by field: what differs from it was edited here.
CREATE TABLE portolan.harvest_base (
  package_id text NOT NULL,
  object_id text NOT NULL,
  fields jsonb NOT NULL,
  CONSTRAINT harvest_base_pkey PRIMARY KEY (package_id),
  CONSTRAINT harvest_base_package_fkey FOREIGN KEY (package_id) REFERENCES package (id) ON DELETE CASCADE
);

-- Local edits that harvests keep. `source_value` is what the source has; `source_changed` when it last changed under
-- the edit, in the job `job_id`.
CREATE TABLE portolan.harvest_overlay (
  package_id text NOT NULL,
  field text NOT NULL,
  value jsonb,
  source_value jsonb,
  noticed timestamp NOT NULL,
  source_changed timestamp,
  job_id text,
  CONSTRAINT harvest_overlay_pkey PRIMARY KEY (package_id, field),
  CONSTRAINT harvest_overlay_package_fkey FOREIGN KEY (package_id) REFERENCES package (id) ON DELETE CASCADE
);
CREATE INDEX harvest_overlay_job_idx ON portolan.harvest_overlay (job_id);
