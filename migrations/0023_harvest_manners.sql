-- What a source asks for stands in its configuration; what a document was like when it was last read, in its validators.
ALTER TABLE portolan.harvest_source_state DROP COLUMN max_concurrency, DROP COLUMN min_request_interval_ms;
ALTER TABLE portolan.harvest_object_state DROP COLUMN http_etag, DROP COLUMN http_last_modified;
