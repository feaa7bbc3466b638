-- A process keeps its turns at a host for some seconds, unless another one waits for a first.

ALTER TABLE portolan.fetch_host
  -- Somebody who has no turn has asked for one, and will ask again before then.
  ADD COLUMN wanted_until timestamptz;
