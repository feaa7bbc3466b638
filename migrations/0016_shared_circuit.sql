-- Hosts that have stopped answering are known to all processes; a job that meets one rests.

ALTER TABLE portolan.fetch_host
  -- In a row.
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  -- Left alone until then.
  ADD COLUMN open_until timestamptz,
  -- One request tries whether it is back; the others wait for its outcome, but no longer than this.
  ADD COLUMN trial_until timestamptz;

ALTER TABLE portolan.harvest_job_state
  -- The job waits for its remote; how often it has.
  ADD COLUMN resting_until timestamp,
  ADD COLUMN rests integer NOT NULL DEFAULT 0;
