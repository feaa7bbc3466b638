-- Turns at remote hosts, shared by all processes that fetch. Worth nothing after a crash of the database.

CREATE UNLOGGED TABLE portolan.fetch_host (
  host text NOT NULL,
  -- No request may start earlier.
  next_start timestamptz NOT NULL,
  CONSTRAINT fetch_host_pkey PRIMARY KEY (host)
);

-- A request under way. Its process renews it; the turn of one that was killed ends by itself.
CREATE UNLOGGED TABLE portolan.fetch_turn (
  id text NOT NULL,
  host text NOT NULL,
  until timestamptz NOT NULL,
  CONSTRAINT fetch_turn_pkey PRIMARY KEY (id)
);
CREATE INDEX fetch_turn_host_idx ON portolan.fetch_turn (host);
