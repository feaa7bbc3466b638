-- Jobs: the truth about background work. A row is written in the transaction that wants the work done; what a
-- queue holds besides are hints that carry ids, and may be lost or doubled.
CREATE TABLE portolan.job (
  id bigint GENERATED ALWAYS AS IDENTITY,
  queue text NOT NULL,
  name text NOT NULL,
  -- Id of the subject.
  key text NOT NULL,
  -- While a row waits for its first run, a second request with the same value is the same row.
  idempotency text,
  state text NOT NULL DEFAULT 'waiting',
  attempts integer NOT NULL DEFAULT 0,
  max_attempts integer NOT NULL,
  run_after timestamptz NOT NULL DEFAULT now(),
  -- When the hint was last given to the queue, and how often: a new hint must not look like the old one.
  enqueued_at timestamptz,
  enqueues integer NOT NULL DEFAULT 0,
  -- Who holds this token may write; a lease that ran out is given to someone else under another token.
  lease_token uuid,
  lease_until timestamptz,
  abort_requested boolean NOT NULL DEFAULT false,
  worker text,
  created timestamptz NOT NULL DEFAULT now(),
  started timestamptz,
  finished timestamptz,
  error text,
  CONSTRAINT job_pkey PRIMARY KEY (id),
  CONSTRAINT job_state_check CHECK (state IN ('waiting', 'active', 'done', 'failed', 'cancelled')),
  CONSTRAINT job_lease_check CHECK ((state = 'active') = (lease_token IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

CREATE UNIQUE INDEX job_once_idx ON portolan.job (name, idempotency)
  WHERE state = 'waiting' AND idempotency IS NOT NULL;
CREATE INDEX job_due_idx ON portolan.job (run_after, id) WHERE state = 'waiting' AND enqueued_at IS NULL;
CREATE INDEX job_enqueued_idx ON portolan.job (enqueued_at) WHERE state = 'waiting' AND enqueued_at IS NOT NULL;
CREATE INDEX job_lease_idx ON portolan.job (lease_until) WHERE state = 'active';
CREATE INDEX job_failed_idx ON portolan.job (queue) WHERE state = 'failed';
CREATE INDEX job_open_idx ON portolan.job (key, name) WHERE state IN ('waiting', 'active');
-- For clearing old rows away: every other index is paid for at each step of a job, this one is nearly free.
CREATE INDEX job_finished_idx ON portolan.job USING brin (finished);

CREATE FUNCTION portolan.note_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portolan_job', '');
  RETURN NULL;
END $$;
CREATE TRIGGER portolan_insert AFTER INSERT ON portolan.job
  FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_job();

-- What a job said while it ran. No foreign key: a line of a job that was cleared away is no error.
CREATE TABLE portolan.job_log (
  id bigint GENERATED ALWAYS AS IDENTITY,
  job_id bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  level text NOT NULL,
  message text NOT NULL,
  data jsonb,
  CONSTRAINT job_log_pkey PRIMARY KEY (id)
);
CREATE INDEX job_log_job_id_idx ON portolan.job_log (job_id, id);
