-- What remote servers have said about the versions of their documents, to ask whether they have changed. `made_for`
-- tells the source's address, type and configuration then: with others, everything is read anew.

-- The documents that a job's listing was read from, in order; one that was not there ends a listing of pages. They
-- hold for the next job, if this one took everything.
CREATE TABLE portolan.harvest_listing (
  job_id text NOT NULL,
  url text NOT NULL,
  position integer NOT NULL,
  etag text,
  last_modified text,
  missing boolean NOT NULL DEFAULT false,
  made_for text NOT NULL,
  CONSTRAINT harvest_listing_pkey PRIMARY KEY (job_id, url),
  CONSTRAINT harvest_listing_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job (id) ON DELETE CASCADE
);

-- Documents of one record each. They hold while the record that is current for `guid` was made from the content with
-- this hash.
CREATE TABLE portolan.harvest_document (
  source_id text NOT NULL,
  url text NOT NULL,
  guid text NOT NULL,
  content_hash text NOT NULL,
  etag text,
  last_modified text,
  made_for text NOT NULL,
  CONSTRAINT harvest_document_pkey PRIMARY KEY (source_id, url),
  CONSTRAINT harvest_document_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source (id) ON DELETE CASCADE
);

-- The source said that nothing of its listing had changed.
ALTER TABLE portolan.harvest_job_state ADD COLUMN listing_unchanged boolean NOT NULL DEFAULT false;
