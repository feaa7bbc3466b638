-- From when the clocks of harvests count: time in read-only mode is not theirs, and failures count from the last unfreezing.

-- When read-only mode was last left.
ALTER TABLE portolan.control ADD COLUMN reopened timestamptz;

ALTER TABLE portolan.harvest_source_state ADD COLUMN unfrozen timestamp;
