-- What the harvester knows beyond CKAN's own harvest tables, which stay as they are. Rows go with theirs.

CREATE TABLE portolan.harvest_source_state (
  source_id text NOT NULL,
  frozen boolean NOT NULL DEFAULT false,
  frozen_reason text,
  max_concurrency integer,
  min_request_interval_ms integer,
  CONSTRAINT harvest_source_state_pkey PRIMARY KEY (source_id),
  CONSTRAINT harvest_source_state_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source (id) ON DELETE CASCADE
);

-- `gather_token` fences: only the process that wrote it may add records to the job.
CREATE TABLE portolan.harvest_job_state (
  job_id text NOT NULL,
  kind text NOT NULL DEFAULT 'harvest',
  gather_token text,
  gather_cursor jsonb,
  gather_complete boolean NOT NULL DEFAULT false,
  cancel_requested timestamp,
  heartbeat timestamp,
  error_free boolean,
  held_deletions integer NOT NULL DEFAULT 0,
  CONSTRAINT harvest_job_state_pkey PRIMARY KEY (job_id),
  CONSTRAINT harvest_job_state_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job (id) ON DELETE CASCADE,
  CONSTRAINT harvest_job_state_kind_check CHECK (kind IN ('harvest', 'import', 'preview'))
);

-- What a record looked like when it was last imported, so that the next job can tell whether it changed.
CREATE TABLE portolan.harvest_object_state (
  object_id text NOT NULL,
  content_hash text,
  remote_modified text,
  http_etag text,
  http_last_modified text,
  CONSTRAINT harvest_object_state_pkey PRIMARY KEY (object_id),
  CONSTRAINT harvest_object_state_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object (id) ON DELETE CASCADE
);

-- The records still to be imported, in order of gathering; a row is gone once its record is done. `claimed_by`
-- and `heartbeat` say who is at it: only the claimant may finish it.
CREATE TABLE portolan.harvest_work (
  object_id text NOT NULL,
  job_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  action text,
  claimed_by text,
  heartbeat timestamp,
  CONSTRAINT harvest_work_pkey PRIMARY KEY (object_id),
  CONSTRAINT harvest_work_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object (id) ON DELETE CASCADE
);
CREATE INDEX harvest_work_job_idx ON portolan.harvest_work (job_id, position);

-- Deletions that the guard held back, until somebody releases them or a later job finds the records again.
CREATE TABLE portolan.harvest_held_deletion (
  source_id text NOT NULL,
  guid text NOT NULL,
  job_id text NOT NULL,
  package_id text NOT NULL,
  created timestamp NOT NULL,
  CONSTRAINT harvest_held_deletion_pkey PRIMARY KEY (source_id, guid),
  CONSTRAINT harvest_held_deletion_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job (id) ON DELETE CASCADE
);
CREATE INDEX harvest_held_deletion_job_idx ON portolan.harvest_held_deletion (job_id);
