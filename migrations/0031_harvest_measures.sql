-- What operators measure of the harvester, kept small: nobody counts records in order to answer.

-- Records of a job that is over, and those of them that failed.
ALTER TABLE portolan.harvest_job_state
  ADD COLUMN records integer,
  ADD COLUMN failed_records integer;

-- What a remote host was asked since it was first asked for at least once a day, and how long its answers took.
ALTER TABLE portolan.fetch_host
  ADD COLUMN requests bigint NOT NULL DEFAULT 0,
  ADD COLUMN failed_requests bigint NOT NULL DEFAULT 0,
  ADD COLUMN answer_ms bigint NOT NULL DEFAULT 0;

-- Records that all workers together were done with, by the minute. Worth nothing after a crash of the database.
CREATE UNLOGGED TABLE portolan.harvest_minute (
  minute timestamptz NOT NULL,
  records integer NOT NULL,
  CONSTRAINT harvest_minute_pkey PRIMARY KEY (minute)
);
