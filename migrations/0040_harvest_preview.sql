-- Previews that nobody waits for: what a harvest would do, record by record, as far as it is known. They are forgotten
-- after a week.

CREATE TABLE portolan.harvest_preview (
  id text NOT NULL,
  source_id text NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  -- Most records that are looked at.
  record_limit integer NOT NULL,
  created timestamp NOT NULL,
  started timestamp,
  finished timestamp,
  -- Where the listing goes on when another process takes over, and what it has said of the records it does not hold.
  gather_cursor jsonb,
  delete_missing boolean NOT NULL DEFAULT false,
  when_read jsonb,
  -- Counts by action, errors of the listing, whether it was read to its end, the guard's verdict.
  summary jsonb,
  -- Characters of the details that are kept; beyond a bound records are only counted.
  detail_size bigint NOT NULL DEFAULT 0,
  -- Why it came to no good end.
  error text,
  CONSTRAINT harvest_preview_pkey PRIMARY KEY (id),
  CONSTRAINT harvest_preview_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source (id) ON DELETE CASCADE,
  CONSTRAINT harvest_preview_state_check CHECK (state IN ('waiting', 'running', 'finished', 'failed', 'aborted'))
);
-- Whoever asks while the same is being done is told of that.
CREATE UNIQUE INDEX harvest_preview_open_idx ON portolan.harvest_preview (source_id, record_limit)
  WHERE state IN ('waiting', 'running');
CREATE INDEX harvest_preview_source_idx ON portolan.harvest_preview (source_id, created);

CREATE TABLE portolan.harvest_preview_record (
  preview_id text NOT NULL,
  -- From 1, in the order in which they became known.
  position integer NOT NULL,
  guid text NOT NULL,
  -- As the listing names it, where that is not its identifier.
  listed_as text,
  action text NOT NULL,
  -- Title, reason, changes field by field, problems; nothing where there was no room left.
  detail jsonb,
  CONSTRAINT harvest_preview_record_pkey PRIMARY KEY (preview_id, position),
  CONSTRAINT harvest_preview_record_preview_fkey FOREIGN KEY (preview_id)
    REFERENCES portolan.harvest_preview (id) ON DELETE CASCADE
);
