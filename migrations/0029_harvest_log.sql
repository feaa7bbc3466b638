-- The harvester's log is read newest first, and forgotten from its old end.
CREATE INDEX portolan_harvest_log_created ON harvest_log (created);
