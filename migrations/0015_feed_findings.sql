-- What is wrong with a feed although its records may be imported, for whoever feeds it.

-- A step of a job's listing that is worth telling. `position` is the record's in the listing, from 1; a listing that is
-- taken up again after a crash counts on, so nothing is told twice. Of each kind the first thousand are kept.
CREATE TABLE portolan.harvest_feed_finding (
  job_id text NOT NULL,
  position bigint NOT NULL,
  kind text NOT NULL,
  record text NOT NULL,
  -- The other source, of a record that is there too.
  other_source_id text,
  CONSTRAINT harvest_feed_finding_pkey PRIMARY KEY (job_id, position, kind),
  CONSTRAINT harvest_feed_finding_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job (id) ON DELETE CASCADE,
  CONSTRAINT harvest_feed_finding_kind_check CHECK (kind IN ('duplicate', 'unidentified', 'elsewhere'))
);

ALTER TABLE portolan.harvest_job_state
  -- Steps of the listing up to its cursor, and up to the last batch that was stored.
  ADD COLUMN gather_position bigint NOT NULL DEFAULT 0,
  ADD COLUMN gather_reached bigint NOT NULL DEFAULT 0,
  -- All findings, kept or not.
  ADD COLUMN duplicates integer NOT NULL DEFAULT 0,
  ADD COLUMN unidentified integer NOT NULL DEFAULT 0,
  ADD COLUMN elsewhere integer NOT NULL DEFAULT 0,
  -- What the remote was asked for the job: milliseconds until the heads of its answers.
  ADD COLUMN requests integer NOT NULL DEFAULT 0,
  ADD COLUMN failed_requests integer NOT NULL DEFAULT 0,
  ADD COLUMN answer_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN slowest_ms integer NOT NULL DEFAULT 0;
