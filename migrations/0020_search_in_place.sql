-- A rebuild writes rows whose indexed columns mostly stay what they are. With room for the new row on the page of the
-- old one, PostgreSQL leaves all indexes alone; pages that are full already get the room as their rows move.
ALTER TABLE portolan.search_document SET (fillfactor = 50);
