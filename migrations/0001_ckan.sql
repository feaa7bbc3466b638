-- The tables of CKAN 2.11.5 and ckanext-harvest 1.6.3, by name, type, nullability, constraint and index:
-- operators' SQL, adopted databases and a way back to CKAN depend on every one of them.

CREATE TYPE log_level AS ENUM ('DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL');

-- Datasets

CREATE TABLE package (
  id text NOT NULL,
  name varchar(100) NOT NULL,
  title text,
  version varchar(100),
  url text,
  notes text,
  author text,
  author_email text,
  maintainer text,
  maintainer_email text,
  state text,
  license_id text,
  type text,
  owner_org text,
  private boolean DEFAULT false,
  metadata_modified timestamp,
  creator_user_id text,
  metadata_created timestamp,
  plugin_data jsonb,
  CONSTRAINT package_name_key UNIQUE (name),
  CONSTRAINT package_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_package_creator_user_id ON package (creator_user_id);
CREATE INDEX idx_pkg_lname ON package (lower(name::text));
CREATE INDEX idx_pkg_sid ON package (id, state);
CREATE INDEX idx_pkg_slname ON package (lower(name::text), state);
CREATE INDEX idx_pkg_sname ON package (name, state);
CREATE INDEX idx_pkg_stitle ON package (title, state);
CREATE INDEX idx_pkg_suname ON package (upper(name::text), state);
CREATE INDEX idx_pkg_uname ON package (upper(name::text));

CREATE TABLE package_extra (
  id text NOT NULL,
  key text,
  value text,
  state text,
  package_id text,
  CONSTRAINT package_extra_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_extra_id_pkg_id ON package_extra (id, package_id);
CREATE INDEX idx_extra_pkg_id ON package_extra (package_id);

CREATE TABLE resource (
  id text NOT NULL,
  url text NOT NULL,
  format text,
  description text,
  "position" integer,
  hash text,
  state text,
  extras text,
  name text,
  resource_type text,
  mimetype text,
  mimetype_inner text,
  size bigint,
  last_modified timestamp,
  cache_url text,
  cache_last_updated timestamp,
  created timestamp,
  url_type text,
  package_id text NOT NULL DEFAULT '',
  metadata_modified timestamp,
  CONSTRAINT resource_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_package_resource_id ON resource (id);
CREATE INDEX idx_package_resource_package_id ON resource (package_id);
CREATE INDEX idx_package_resource_url ON resource (url);

CREATE TABLE resource_view (
  id text NOT NULL,
  resource_id text,
  title text,
  description text,
  view_type text NOT NULL,
  "order" integer NOT NULL,
  config text,
  CONSTRAINT resource_view_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_view_resource_id ON resource_view (resource_id);

CREATE TABLE vocabulary (
  id text NOT NULL,
  name varchar(100) NOT NULL,
  CONSTRAINT vocabulary_name_key UNIQUE (name),
  CONSTRAINT vocabulary_pkey PRIMARY KEY (id)
);

CREATE TABLE tag (
  id text NOT NULL,
  name varchar(100) NOT NULL,
  vocabulary_id varchar(100),
  CONSTRAINT tag_name_vocabulary_id_key UNIQUE (name, vocabulary_id),
  CONSTRAINT tag_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_tag_id ON tag (id);
CREATE INDEX idx_tag_name ON tag (name);

CREATE TABLE package_tag (
  id text NOT NULL,
  state text,
  package_id text,
  tag_id text,
  CONSTRAINT package_tag_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_package_tag_id ON package_tag (id);
CREATE INDEX idx_package_tag_pkg_id ON package_tag (package_id);
CREATE INDEX idx_package_tag_pkg_id_tag_id ON package_tag (tag_id, package_id);

CREATE TABLE package_relationship (
  id text NOT NULL,
  subject_package_id text,
  object_package_id text,
  type text,
  comment text,
  state text,
  CONSTRAINT package_relationship_pkey PRIMARY KEY (id)
);

CREATE TABLE package_member (
  package_id text NOT NULL,
  user_id text NOT NULL,
  capacity text NOT NULL,
  modified timestamp NOT NULL,
  CONSTRAINT package_member_pkey PRIMARY KEY (package_id, user_id)
);

-- Organisations and groups

CREATE TABLE "group" (
  id text NOT NULL,
  name text NOT NULL,
  title text,
  description text,
  created timestamp,
  state text,
  type text NOT NULL,
  approval_status text,
  image_url text,
  is_organization boolean DEFAULT false,
  CONSTRAINT group_name_key UNIQUE (name),
  CONSTRAINT group_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_group_id ON "group" (id);
CREATE INDEX idx_group_name ON "group" (name);

CREATE TABLE group_extra (
  id text NOT NULL,
  group_id text,
  key text,
  value text,
  state text,
  CONSTRAINT group_extra_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_group_extra_group_id ON group_extra (group_id);

CREATE TABLE member (
  id text NOT NULL,
  group_id text,
  table_id text NOT NULL,
  state text,
  table_name text NOT NULL,
  capacity text NOT NULL,
  CONSTRAINT member_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_extra_grp_id_pkg_id ON member (group_id, table_id);
CREATE INDEX idx_group_pkg_id ON member (table_id);
CREATE INDEX idx_package_group_id ON member (id);

-- Users and tokens

CREATE TABLE "user" (
  id text NOT NULL,
  name text NOT NULL,
  apikey text,
  created timestamp,
  about text,
  password text,
  fullname text,
  email text,
  reset_key text,
  sysadmin boolean DEFAULT false,
  activity_streams_email_notifications boolean DEFAULT false,
  state text NOT NULL DEFAULT 'active',
  plugin_extras jsonb,
  image_url text,
  last_active timestamp,
  CONSTRAINT user_name_key UNIQUE (name),
  CONSTRAINT user_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX idx_only_one_active_email ON "user" (email, state) WHERE (state = 'active');
CREATE INDEX idx_user_id ON "user" (id);
CREATE INDEX idx_user_name ON "user" (name);
CREATE INDEX idx_user_name_index ON "user" ((
CASE
    WHEN ((fullname IS NULL) OR (fullname = '')) THEN name
    ELSE fullname
END));

CREATE TABLE api_token (
  id text NOT NULL,
  name text,
  user_id text,
  created_at timestamp DEFAULT CURRENT_TIMESTAMP,
  last_access timestamp,
  plugin_extras jsonb,
  CONSTRAINT api_token_pkey PRIMARY KEY (id)
);

CREATE TABLE dashboard (
  user_id text NOT NULL,
  activity_stream_last_viewed timestamp NOT NULL,
  email_last_sent timestamp NOT NULL DEFAULT LOCALTIMESTAMP,
  CONSTRAINT dashboard_pkey PRIMARY KEY (user_id)
);

CREATE TABLE user_following_dataset (
  follower_id text NOT NULL,
  object_id text NOT NULL,
  datetime timestamp NOT NULL,
  CONSTRAINT user_following_dataset_pkey PRIMARY KEY (follower_id, object_id)
);

CREATE TABLE user_following_group (
  follower_id text NOT NULL,
  object_id text NOT NULL,
  datetime timestamp NOT NULL,
  CONSTRAINT user_following_group_pkey PRIMARY KEY (follower_id, object_id)
);

CREATE TABLE user_following_user (
  follower_id text NOT NULL,
  object_id text NOT NULL,
  datetime timestamp NOT NULL,
  CONSTRAINT user_following_user_pkey PRIMARY KEY (follower_id, object_id)
);

-- Activity

CREATE TABLE activity (
  id text NOT NULL,
  "timestamp" timestamp,
  user_id text,
  object_id text,
  revision_id text,
  activity_type text,
  data text,
  permission_labels text[],
  CONSTRAINT activity_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_activity_object_id ON activity (object_id, "timestamp");
CREATE INDEX idx_activity_user_id ON activity (user_id, "timestamp");

CREATE TABLE activity_detail (
  id text NOT NULL,
  activity_id text,
  object_id text,
  object_type text,
  activity_type text,
  data text,
  CONSTRAINT activity_detail_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_activity_detail_activity_id ON activity_detail (activity_id);

-- Site

CREATE TABLE system_info (
  id serial,
  key varchar(100) NOT NULL,
  value text,
  state text NOT NULL DEFAULT 'active',
  CONSTRAINT system_info_key_key UNIQUE (key),
  CONSTRAINT system_info_pkey PRIMARY KEY (id)
);

CREATE TABLE task_status (
  id text NOT NULL,
  entity_id text NOT NULL,
  entity_type text NOT NULL,
  task_type text NOT NULL,
  key text NOT NULL,
  value text NOT NULL,
  state text,
  error text,
  last_updated timestamp,
  CONSTRAINT task_status_entity_id_task_type_key_key UNIQUE (entity_id, task_type, key),
  CONSTRAINT task_status_pkey PRIMARY KEY (id)
);

CREATE TABLE term_translation (
  term text NOT NULL,
  term_translation text NOT NULL,
  lang_code text NOT NULL
);
CREATE INDEX term_lang ON term_translation (term, lang_code);

CREATE TABLE tracking_raw (
  user_key varchar(100) NOT NULL,
  url text NOT NULL,
  tracking_type varchar(10) NOT NULL,
  access_timestamp timestamp DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX tracking_raw_access_timestamp ON tracking_raw (access_timestamp);
CREATE INDEX tracking_raw_url ON tracking_raw (url);
CREATE INDEX tracking_raw_user_key ON tracking_raw (user_key);

CREATE TABLE tracking_summary (
  url text NOT NULL,
  package_id text,
  tracking_type varchar(10) NOT NULL,
  count integer NOT NULL,
  running_total integer NOT NULL DEFAULT 0,
  recent_views integer NOT NULL DEFAULT 0,
  tracking_date date
);
CREATE INDEX tracking_summary_date ON tracking_summary (tracking_date);
CREATE INDEX tracking_summary_package_id ON tracking_summary (package_id);
CREATE INDEX tracking_summary_url ON tracking_summary (url);

-- Harvest (ckanext-harvest)

CREATE TABLE harvest_source (
  id text NOT NULL,
  url text NOT NULL,
  title text,
  description text,
  config text,
  created timestamp,
  type text NOT NULL,
  active boolean,
  user_id text,
  publisher_id text,
  frequency text,
  next_run timestamp,
  CONSTRAINT harvest_source_pkey PRIMARY KEY (id)
);

CREATE TABLE harvest_job (
  id text NOT NULL,
  created timestamp,
  gather_started timestamp,
  gather_finished timestamp,
  finished timestamp,
  source_id text,
  status text NOT NULL,
  CONSTRAINT harvest_job_pkey PRIMARY KEY (id)
);

CREATE TABLE harvest_object (
  id text NOT NULL,
  guid text,
  current boolean,
  gathered timestamp,
  fetch_started timestamp,
  content text,
  fetch_finished timestamp,
  import_started timestamp,
  import_finished timestamp,
  state text,
  metadata_modified_date timestamp,
  retry_times integer,
  harvest_job_id text,
  harvest_source_id text,
  package_id text,
  report_status text,
  CONSTRAINT harvest_object_pkey PRIMARY KEY (id)
);
CREATE INDEX guid_idx ON harvest_object (guid);
CREATE INDEX harvest_job_id_idx ON harvest_object (harvest_job_id);
CREATE INDEX harvest_source_id_idx ON harvest_object (harvest_source_id);
CREATE INDEX package_id_idx ON harvest_object (package_id);

CREATE TABLE harvest_object_extra (
  id text NOT NULL,
  harvest_object_id text,
  key text,
  value text,
  CONSTRAINT harvest_object_extra_pkey PRIMARY KEY (id)
);
CREATE INDEX harvest_object_id_idx ON harvest_object_extra (harvest_object_id);

CREATE TABLE harvest_gather_error (
  id text NOT NULL,
  harvest_job_id text,
  message text,
  created timestamp,
  CONSTRAINT harvest_gather_error_pkey PRIMARY KEY (id)
);

CREATE TABLE harvest_object_error (
  id text NOT NULL,
  harvest_object_id text,
  message text,
  stage text,
  line integer,
  created timestamp,
  CONSTRAINT harvest_object_error_pkey PRIMARY KEY (id)
);
CREATE INDEX harvest_error_harvest_object_id_idx ON harvest_object_error (harvest_object_id);

CREATE TABLE harvest_log (
  id text NOT NULL,
  content text NOT NULL,
  level log_level,
  created timestamp,
  CONSTRAINT harvest_log_pkey PRIMARY KEY (id)
);

-- Revisions of CKAN up to 2.8: never read, present so that dumps load and CKAN can start again

CREATE TABLE group_extra_revision (
  id text NOT NULL,
  group_id text,
  key text,
  value text,
  state text,
  revision_id text NOT NULL,
  continuity_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  CONSTRAINT group_extra_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_group_extra_current ON group_extra_revision (current);
CREATE INDEX idx_group_extra_period ON group_extra_revision (revision_timestamp, expired_timestamp, id);
CREATE INDEX idx_group_extra_period_group ON group_extra_revision (revision_timestamp, expired_timestamp, group_id);

CREATE TABLE group_revision (
  id text NOT NULL,
  name text NOT NULL,
  title text,
  description text,
  created timestamp DEFAULT CURRENT_TIMESTAMP,
  state text,
  revision_id text NOT NULL,
  continuity_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  type text NOT NULL,
  approval_status text,
  image_url text,
  is_organization boolean DEFAULT false,
  CONSTRAINT group_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_group_current ON group_revision (current);
CREATE INDEX idx_group_period ON group_revision (revision_timestamp, expired_timestamp, id);

CREATE TABLE member_revision (
  id text NOT NULL,
  table_id text NOT NULL,
  group_id text,
  state text,
  revision_id text NOT NULL,
  continuity_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  table_name text NOT NULL,
  capacity text NOT NULL,
  CONSTRAINT member_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_member_continuity_id ON member_revision (continuity_id);
CREATE INDEX idx_package_group_current ON member_revision (current);
CREATE INDEX idx_package_group_period_package_group ON member_revision (revision_timestamp, expired_timestamp, table_id, group_id);

CREATE TABLE package_extra_revision (
  id text NOT NULL,
  key text,
  value text,
  revision_id text NOT NULL,
  state text,
  package_id text,
  continuity_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  CONSTRAINT package_extra_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_package_extra_continuity_id ON package_extra_revision (continuity_id);
CREATE INDEX idx_package_extra_current ON package_extra_revision (current);
CREATE INDEX idx_package_extra_package_id ON package_extra_revision (package_id, current);
CREATE INDEX idx_package_extra_period ON package_extra_revision (revision_timestamp, expired_timestamp, id);
CREATE INDEX idx_package_extra_period_package ON package_extra_revision (revision_timestamp, expired_timestamp, package_id);
CREATE INDEX idx_package_extra_rev_id ON package_extra_revision (revision_id);

CREATE TABLE package_relationship_revision (
  id text NOT NULL,
  subject_package_id text,
  object_package_id text,
  type text,
  comment text,
  revision_id text NOT NULL,
  continuity_id text,
  state text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  CONSTRAINT package_relationship_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_package_relationship_current ON package_relationship_revision (current);
CREATE INDEX idx_period_package_relationship ON package_relationship_revision (revision_timestamp, expired_timestamp, object_package_id, subject_package_id);

CREATE TABLE package_revision (
  id text NOT NULL,
  name varchar(100) NOT NULL,
  title text,
  version varchar(100),
  url text,
  notes text,
  author text,
  author_email text,
  maintainer text,
  maintainer_email text,
  revision_id text NOT NULL,
  state text,
  continuity_id text,
  license_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  type text,
  owner_org text,
  private boolean DEFAULT false,
  metadata_modified timestamp,
  creator_user_id text,
  metadata_created timestamp,
  CONSTRAINT package_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_package_continuity_id ON package_revision (continuity_id);
CREATE INDEX idx_package_current ON package_revision (current);
CREATE INDEX idx_package_period ON package_revision (revision_timestamp, expired_timestamp, id);
CREATE INDEX idx_pkg_revision_id ON package_revision (id);
CREATE INDEX idx_pkg_revision_name ON package_revision (name);
CREATE INDEX idx_pkg_revision_rev_id ON package_revision (revision_id);

CREATE TABLE package_tag_revision (
  id text NOT NULL,
  revision_id text NOT NULL,
  state text,
  package_id text,
  tag_id text,
  continuity_id text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  CONSTRAINT package_tag_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_package_tag_continuity_id ON package_tag_revision (continuity_id);
CREATE INDEX idx_package_tag_current ON package_tag_revision (current);
CREATE INDEX idx_package_tag_revision_id ON package_tag_revision (id);
CREATE INDEX idx_package_tag_revision_pkg_id ON package_tag_revision (package_id);
CREATE INDEX idx_package_tag_revision_pkg_id_tag_id ON package_tag_revision (tag_id, package_id);
CREATE INDEX idx_package_tag_revision_rev_id ON package_tag_revision (revision_id);
CREATE INDEX idx_package_tag_revision_tag_id ON package_tag_revision (tag_id);
CREATE INDEX idx_period_package_tag ON package_tag_revision (revision_timestamp, expired_timestamp, package_id, tag_id);

CREATE TABLE resource_revision (
  id text NOT NULL,
  url text NOT NULL,
  format text,
  description text,
  "position" integer,
  revision_id text NOT NULL,
  hash text,
  state text,
  continuity_id text,
  extras text,
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  name text,
  resource_type text,
  mimetype text,
  mimetype_inner text,
  size bigint,
  last_modified timestamp,
  cache_url text,
  cache_last_updated timestamp,
  webstore_url text,
  webstore_last_updated timestamp,
  created timestamp,
  url_type text,
  package_id text NOT NULL DEFAULT '',
  CONSTRAINT resource_revision_pkey PRIMARY KEY (id, revision_id)
);
CREATE INDEX idx_package_resource_rev_id ON resource_revision (revision_id);
CREATE INDEX idx_resource_continuity_id ON resource_revision (continuity_id);
CREATE INDEX idx_resource_current ON resource_revision (current);
CREATE INDEX idx_resource_period ON resource_revision (revision_timestamp, expired_timestamp, id);

CREATE TABLE revision (
  id text NOT NULL,
  "timestamp" timestamp,
  author varchar(200),
  message text,
  state text,
  approved_timestamp timestamp,
  CONSTRAINT revision_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_rev_state ON revision (state);
CREATE INDEX idx_revision_author ON revision (author);

CREATE TABLE system_info_revision (
  id integer NOT NULL,
  key varchar(100) NOT NULL,
  value text,
  revision_id text NOT NULL,
  continuity_id integer,
  state text NOT NULL DEFAULT 'active',
  expired_id text,
  revision_timestamp timestamp,
  expired_timestamp timestamp,
  current boolean,
  CONSTRAINT system_info_revision_pkey PRIMARY KEY (id, revision_id)
);

-- Schema versions as alembic records them

CREATE TABLE alembic_version (
  version_num varchar(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE activity_alembic_version (
  version_num varchar(32) NOT NULL,
  CONSTRAINT activity_alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE harvest_alembic_version (
  version_num varchar(32) NOT NULL,
  CONSTRAINT harvest_alembic_version_pkc PRIMARY KEY (version_num)
);

-- Foreign keys

ALTER TABLE activity_detail ADD CONSTRAINT activity_detail_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES activity(id);
ALTER TABLE api_token ADD CONSTRAINT api_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);
ALTER TABLE dashboard ADD CONSTRAINT dashboard_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE group_extra ADD CONSTRAINT group_extra_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id);
ALTER TABLE group_extra_revision ADD CONSTRAINT group_extra_revision_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id);
ALTER TABLE group_extra_revision ADD CONSTRAINT group_extra_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE group_revision ADD CONSTRAINT group_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE harvest_gather_error ADD CONSTRAINT harvest_gather_error_harvest_job_id_fkey FOREIGN KEY (harvest_job_id) REFERENCES harvest_job(id) ON DELETE CASCADE;
ALTER TABLE harvest_job ADD CONSTRAINT harvest_job_source_id_fkey FOREIGN KEY (source_id) REFERENCES harvest_source(id) ON DELETE CASCADE;
ALTER TABLE harvest_object ADD CONSTRAINT harvest_object_harvest_job_id_fkey FOREIGN KEY (harvest_job_id) REFERENCES harvest_job(id) ON DELETE CASCADE;
ALTER TABLE harvest_object ADD CONSTRAINT harvest_object_harvest_source_id_fkey FOREIGN KEY (harvest_source_id) REFERENCES harvest_source(id) ON DELETE CASCADE;
ALTER TABLE harvest_object ADD CONSTRAINT harvest_object_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id) ON DELETE CASCADE DEFERRABLE;
ALTER TABLE harvest_object_error ADD CONSTRAINT harvest_object_error_harvest_object_id_fkey FOREIGN KEY (harvest_object_id) REFERENCES harvest_object(id) ON DELETE CASCADE;
ALTER TABLE harvest_object_extra ADD CONSTRAINT harvest_object_extra_harvest_object_id_fkey FOREIGN KEY (harvest_object_id) REFERENCES harvest_object(id) ON DELETE CASCADE;
ALTER TABLE member ADD CONSTRAINT member_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id);
ALTER TABLE member_revision ADD CONSTRAINT member_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE package_extra ADD CONSTRAINT package_extra_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id);
ALTER TABLE package_extra_revision ADD CONSTRAINT package_extra_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE package_member ADD CONSTRAINT package_member_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id);
ALTER TABLE package_member ADD CONSTRAINT package_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);
ALTER TABLE package_relationship ADD CONSTRAINT package_relationship_object_package_id_fkey FOREIGN KEY (object_package_id) REFERENCES package(id);
ALTER TABLE package_relationship ADD CONSTRAINT package_relationship_subject_package_id_fkey FOREIGN KEY (subject_package_id) REFERENCES package(id);
ALTER TABLE package_relationship_revision ADD CONSTRAINT package_relationship_revision_continuity_id_fkey FOREIGN KEY (continuity_id) REFERENCES package_relationship(id);
ALTER TABLE package_relationship_revision ADD CONSTRAINT package_relationship_revision_object_package_id_fkey FOREIGN KEY (object_package_id) REFERENCES package(id);
ALTER TABLE package_relationship_revision ADD CONSTRAINT package_relationship_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE package_relationship_revision ADD CONSTRAINT package_relationship_revision_subject_package_id_fkey FOREIGN KEY (subject_package_id) REFERENCES package(id);
ALTER TABLE package_revision ADD CONSTRAINT package_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE package_tag ADD CONSTRAINT package_tag_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id);
ALTER TABLE package_tag ADD CONSTRAINT package_tag_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id);
ALTER TABLE package_tag_revision ADD CONSTRAINT package_tag_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE package_tag_revision ADD CONSTRAINT package_tag_revision_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id);
ALTER TABLE resource ADD CONSTRAINT resource_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id);
ALTER TABLE resource_revision ADD CONSTRAINT resource_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE resource_view ADD CONSTRAINT resource_view_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE system_info_revision ADD CONSTRAINT system_info_revision_continuity_id_fkey FOREIGN KEY (continuity_id) REFERENCES system_info(id);
ALTER TABLE system_info_revision ADD CONSTRAINT system_info_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id);
ALTER TABLE tag ADD CONSTRAINT tag_vocabulary_id_fkey FOREIGN KEY (vocabulary_id) REFERENCES vocabulary(id);
ALTER TABLE user_following_dataset ADD CONSTRAINT user_following_dataset_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE user_following_dataset ADD CONSTRAINT user_following_dataset_object_id_fkey FOREIGN KEY (object_id) REFERENCES package(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE user_following_group ADD CONSTRAINT user_following_group_group_id_fkey FOREIGN KEY (object_id) REFERENCES "group"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE user_following_group ADD CONSTRAINT user_following_group_user_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE user_following_user ADD CONSTRAINT user_following_user_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE user_following_user ADD CONSTRAINT user_following_user_object_id_fkey FOREIGN KEY (object_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;

INSERT INTO alembic_version VALUES ('4a5e3465beb6');
INSERT INTO activity_alembic_version VALUES ('fab3bfdcf830');
INSERT INTO harvest_alembic_version VALUES ('75d650dfd519');
