-- A folder tells where its records are, not which they are: what a job does once it has read every one of them
-- ({"deleteMissing": boolean, "ifNone": text}), and where in the listing a record stood that is still to be read.
ALTER TABLE portolan.harvest_job_state ADD COLUMN when_read jsonb;
ALTER TABLE portolan.harvest_work ADD COLUMN listed bigint;
