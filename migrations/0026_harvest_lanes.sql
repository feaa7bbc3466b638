-- Which workers' slots a job takes: `first` for what somebody asked for by hand, `long` for what took long the last time.
ALTER TABLE portolan.harvest_job_state ADD COLUMN lane text;
ALTER TABLE portolan.harvest_job_state ADD CONSTRAINT harvest_job_state_lane_check CHECK (lane IN ('first', 'long'));
