TABLE public.activity
  id text NOT NULL
  timestamp timestamp without time zone
  user_id text
  object_id text
  revision_id text
  activity_type text
  data text
  permission_labels text[]

TABLE public.activity_alembic_version
  version_num character varying(32) NOT NULL

TABLE public.activity_detail
  id text NOT NULL
  activity_id text
  object_id text
  object_type text
  activity_type text
  data text

TABLE public.alembic_version
  version_num character varying(32) NOT NULL

TABLE public.api_token
  id text NOT NULL
  name text
  user_id text
  created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP
  last_access timestamp without time zone
  plugin_extras jsonb

TABLE public.dashboard
  user_id text NOT NULL
  activity_stream_last_viewed timestamp without time zone NOT NULL
  email_last_sent timestamp without time zone NOT NULL DEFAULT LOCALTIMESTAMP

TABLE public.group
  id text NOT NULL
  name text NOT NULL
  title text
  description text
  created timestamp without time zone
  state text
  type text NOT NULL
  approval_status text
  image_url text
  is_organization boolean DEFAULT false

TABLE public.group_extra
  id text NOT NULL
  group_id text
  key text
  value text
  state text

TABLE public.group_extra_revision
  id text NOT NULL
  group_id text
  key text
  value text
  state text
  revision_id text NOT NULL
  continuity_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean

TABLE public.group_revision
  id text NOT NULL
  name text NOT NULL
  title text
  description text
  created timestamp without time zone DEFAULT CURRENT_TIMESTAMP
  state text
  revision_id text NOT NULL
  continuity_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean
  type text NOT NULL
  approval_status text
  image_url text
  is_organization boolean DEFAULT false

TABLE public.harvest_alembic_version
  version_num character varying(32) NOT NULL

TABLE public.harvest_gather_error
  id text NOT NULL
  harvest_job_id text
  message text
  created timestamp without time zone

TABLE public.harvest_job
  id text NOT NULL
  created timestamp without time zone
  gather_started timestamp without time zone
  gather_finished timestamp without time zone
  finished timestamp without time zone
  source_id text
  status text NOT NULL

TABLE public.harvest_log
  id text NOT NULL
  content text NOT NULL
  level log_level
  created timestamp without time zone

TABLE public.harvest_object
  id text NOT NULL
  guid text
  current boolean
  gathered timestamp without time zone
  fetch_started timestamp without time zone
  content text
  fetch_finished timestamp without time zone
  import_started timestamp without time zone
  import_finished timestamp without time zone
  state text
  metadata_modified_date timestamp without time zone
  retry_times integer
  harvest_job_id text
  harvest_source_id text
  package_id text
  report_status text

TABLE public.harvest_object_error
  id text NOT NULL
  harvest_object_id text
  message text
  stage text
  line integer
  created timestamp without time zone

TABLE public.harvest_object_extra
  id text NOT NULL
  harvest_object_id text
  key text
  value text

TABLE public.harvest_source
  id text NOT NULL
  url text NOT NULL
  title text
  description text
  config text
  created timestamp without time zone
  type text NOT NULL
  active boolean
  user_id text
  publisher_id text
  frequency text
  next_run timestamp without time zone
  name text

TABLE public.member
  id text NOT NULL
  group_id text
  table_id text NOT NULL
  state text
  table_name text NOT NULL
  capacity text NOT NULL

TABLE public.member_revision
  id text NOT NULL
  table_id text NOT NULL
  group_id text
  state text
  revision_id text NOT NULL
  continuity_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean
  table_name text NOT NULL
  capacity text NOT NULL

TABLE public.package
  id text NOT NULL
  name character varying(100) NOT NULL
  title text
  version character varying(100)
  url text
  notes text
  author text
  author_email text
  maintainer text
  maintainer_email text
  state text
  license_id text
  type text
  owner_org text
  private boolean DEFAULT false
  metadata_modified timestamp without time zone
  creator_user_id text
  metadata_created timestamp without time zone
  plugin_data jsonb

TABLE public.package_extra
  id text NOT NULL
  key text
  value text
  state text
  package_id text

TABLE public.package_extra_revision
  id text NOT NULL
  key text
  value text
  revision_id text NOT NULL
  state text
  package_id text
  continuity_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean

TABLE public.package_member
  package_id text NOT NULL
  user_id text NOT NULL
  capacity text NOT NULL
  modified timestamp without time zone NOT NULL

TABLE public.package_relationship
  id text NOT NULL
  subject_package_id text
  object_package_id text
  type text
  comment text
  state text

TABLE public.package_relationship_revision
  id text NOT NULL
  subject_package_id text
  object_package_id text
  type text
  comment text
  revision_id text NOT NULL
  continuity_id text
  state text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean

TABLE public.package_revision
  id text NOT NULL
  name character varying(100) NOT NULL
  title text
  version character varying(100)
  url text
  notes text
  author text
  author_email text
  maintainer text
  maintainer_email text
  revision_id text NOT NULL
  state text
  continuity_id text
  license_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean
  type text
  owner_org text
  private boolean DEFAULT false
  metadata_modified timestamp without time zone
  creator_user_id text
  metadata_created timestamp without time zone

TABLE public.package_tag
  id text NOT NULL
  state text
  package_id text
  tag_id text

TABLE public.package_tag_revision
  id text NOT NULL
  revision_id text NOT NULL
  state text
  package_id text
  tag_id text
  continuity_id text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean

TABLE public.resource
  id text NOT NULL
  url text NOT NULL
  format text
  description text
  position integer
  hash text
  state text
  extras text
  name text
  resource_type text
  mimetype text
  mimetype_inner text
  size bigint
  last_modified timestamp without time zone
  cache_url text
  cache_last_updated timestamp without time zone
  created timestamp without time zone
  url_type text
  package_id text NOT NULL DEFAULT ''::text
  metadata_modified timestamp without time zone

TABLE public.resource_revision
  id text NOT NULL
  url text NOT NULL
  format text
  description text
  position integer
  revision_id text NOT NULL
  hash text
  state text
  continuity_id text
  extras text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean
  name text
  resource_type text
  mimetype text
  mimetype_inner text
  size bigint
  last_modified timestamp without time zone
  cache_url text
  cache_last_updated timestamp without time zone
  webstore_url text
  webstore_last_updated timestamp without time zone
  created timestamp without time zone
  url_type text
  package_id text NOT NULL DEFAULT ''::text

TABLE public.resource_view
  id text NOT NULL
  resource_id text
  title text
  description text
  view_type text NOT NULL
  order integer NOT NULL
  config text

TABLE public.revision
  id text NOT NULL
  timestamp timestamp without time zone
  author character varying(200)
  message text
  state text
  approved_timestamp timestamp without time zone

TABLE public.system_info
  id integer NOT NULL DEFAULT nextval('system_info_id_seq'::regclass)
  key character varying(100) NOT NULL
  value text
  state text NOT NULL DEFAULT 'active'::text

TABLE public.system_info_revision
  id integer NOT NULL
  key character varying(100) NOT NULL
  value text
  revision_id text NOT NULL
  continuity_id integer
  state text NOT NULL DEFAULT 'active'::text
  expired_id text
  revision_timestamp timestamp without time zone
  expired_timestamp timestamp without time zone
  current boolean

TABLE public.tag
  id text NOT NULL
  name character varying(100) NOT NULL
  vocabulary_id character varying(100)

TABLE public.task_status
  id text NOT NULL
  entity_id text NOT NULL
  entity_type text NOT NULL
  task_type text NOT NULL
  key text NOT NULL
  value text NOT NULL
  state text
  error text
  last_updated timestamp without time zone

TABLE public.term_translation
  term text NOT NULL
  term_translation text NOT NULL
  lang_code text NOT NULL

TABLE public.tracking_raw
  user_key character varying(100) NOT NULL
  url text NOT NULL
  tracking_type character varying(10) NOT NULL
  access_timestamp timestamp without time zone DEFAULT CURRENT_TIMESTAMP

TABLE public.tracking_summary
  url text NOT NULL
  package_id text
  tracking_type character varying(10) NOT NULL
  count integer NOT NULL
  running_total integer NOT NULL DEFAULT 0
  recent_views integer NOT NULL DEFAULT 0
  tracking_date date

TABLE public.user
  id text NOT NULL
  name text NOT NULL
  apikey text
  created timestamp without time zone
  about text
  password text
  fullname text
  email text
  reset_key text
  sysadmin boolean DEFAULT false
  activity_streams_email_notifications boolean DEFAULT false
  state text NOT NULL DEFAULT 'active'::text
  plugin_extras jsonb
  image_url text
  last_active timestamp without time zone

TABLE public.user_following_dataset
  follower_id text NOT NULL
  object_id text NOT NULL
  datetime timestamp without time zone NOT NULL

TABLE public.user_following_group
  follower_id text NOT NULL
  object_id text NOT NULL
  datetime timestamp without time zone NOT NULL

TABLE public.user_following_user
  follower_id text NOT NULL
  object_id text NOT NULL
  datetime timestamp without time zone NOT NULL

TABLE public.vocabulary
  id text NOT NULL
  name character varying(100) NOT NULL

TABLE portolan.adoption
  step text NOT NULL
  done timestamp with time zone NOT NULL DEFAULT now()
  report jsonb NOT NULL DEFAULT '{}'::jsonb

TABLE portolan.adoption_row
  id bigint NOT NULL
  step text NOT NULL
  table text NOT NULL
  before jsonb NOT NULL

TABLE portolan.audit
  position bigint NOT NULL
  at timestamp without time zone NOT NULL
  via text NOT NULL
  action text NOT NULL
  outcome text NOT NULL
  user_id text
  user_name text
  token_id text
  address text
  request_id text
  concerns text[] NOT NULL
  parameters text
  hash text NOT NULL

TABLE portolan.audit_note
  id bigint NOT NULL
  at timestamp without time zone NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'::text)
  via text NOT NULL
  action text NOT NULL
  outcome text NOT NULL
  user_id text
  user_name text
  token_id text
  address text
  request_id text
  concerns text[] NOT NULL DEFAULT '{}'::text[]
  parameters text

TABLE portolan.audit_seal
  singleton boolean NOT NULL DEFAULT true
  position bigint NOT NULL DEFAULT 0
  hash text NOT NULL DEFAULT ''::text
  trimmed_position bigint NOT NULL DEFAULT 0
  trimmed_hash text NOT NULL DEFAULT ''::text

TABLE portolan.change
  position bigint NOT NULL
  sequenced timestamp without time zone NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'::text)
  kind text NOT NULL
  key text NOT NULL
  labels text[] NOT NULL DEFAULT '{}'::text[]

TABLE portolan.change_note
  id bigint NOT NULL
  txid xid8 NOT NULL DEFAULT pg_current_xact_id()
  kind text NOT NULL
  key text NOT NULL
  labels text[]

TABLE portolan.control
  singleton boolean NOT NULL DEFAULT true
  epoch bigint NOT NULL DEFAULT 1
  read_only boolean NOT NULL DEFAULT false
  reason text NOT NULL DEFAULT ''::text
  settings jsonb NOT NULL DEFAULT '{}'::jsonb
  changed timestamp with time zone NOT NULL DEFAULT now()
  reopened timestamp with time zone

TABLE portolan.dataset_document
  package_id text NOT NULL
  form text NOT NULL
  document text NOT NULL
  labels text[] NOT NULL
  etag text
  rows_hash bigint
  index_checksum text
  entry_form text

TABLE portolan.deleted_dataset
  package_id text NOT NULL
  state text NOT NULL
  name text NOT NULL
  memberships text[] NOT NULL
  collaborators jsonb NOT NULL

TABLE portolan.fetch_host
  host text NOT NULL
  next_start timestamp with time zone NOT NULL
  failures integer NOT NULL DEFAULT 0
  open_until timestamp with time zone
  trial_until timestamp with time zone
  requests bigint NOT NULL DEFAULT 0
  failed_requests bigint NOT NULL DEFAULT 0
  answer_ms bigint NOT NULL DEFAULT 0
  wanted_until timestamp with time zone

TABLE portolan.fetch_turn
  id text NOT NULL
  host text NOT NULL
  until timestamp with time zone NOT NULL

TABLE portolan.harvest_base
  package_id text NOT NULL
  object_id text NOT NULL
  fields jsonb NOT NULL

TABLE portolan.harvest_document
  source_id text NOT NULL
  url text NOT NULL
  guid text NOT NULL
  content_hash text NOT NULL
  etag text
  last_modified text
  made_for text NOT NULL

TABLE portolan.harvest_feed_finding
  job_id text NOT NULL
  position bigint NOT NULL
  kind text NOT NULL
  record text NOT NULL
  other_source_id text

TABLE portolan.harvest_held_deletion
  source_id text NOT NULL
  guid text NOT NULL
  job_id text NOT NULL
  package_id text NOT NULL
  created timestamp without time zone NOT NULL

TABLE portolan.harvest_job_state
  job_id text NOT NULL
  kind text NOT NULL DEFAULT 'harvest'::text
  gather_token text
  gather_cursor jsonb
  gather_complete boolean NOT NULL DEFAULT false
  cancel_requested timestamp without time zone
  heartbeat timestamp without time zone
  error_free boolean
  held_deletions integer NOT NULL DEFAULT 0
  paused timestamp without time zone
  resumed timestamp without time zone
  told timestamp without time zone
  gather_position bigint NOT NULL DEFAULT 0
  gather_reached bigint NOT NULL DEFAULT 0
  duplicates integer NOT NULL DEFAULT 0
  unidentified integer NOT NULL DEFAULT 0
  elsewhere integer NOT NULL DEFAULT 0
  requests integer NOT NULL DEFAULT 0
  failed_requests integer NOT NULL DEFAULT 0
  answer_ms bigint NOT NULL DEFAULT 0
  slowest_ms integer NOT NULL DEFAULT 0
  resting_until timestamp without time zone
  rests integer NOT NULL DEFAULT 0
  listing_unchanged boolean NOT NULL DEFAULT false
  lane text
  records integer
  failed_records integer
  when_read jsonb

TABLE portolan.harvest_listing
  job_id text NOT NULL
  url text NOT NULL
  position integer NOT NULL
  etag text
  last_modified text
  missing boolean NOT NULL DEFAULT false
  made_for text NOT NULL

TABLE portolan.harvest_minute
  minute timestamp with time zone NOT NULL
  records integer NOT NULL

TABLE portolan.harvest_object_state
  object_id text NOT NULL
  content_hash text
  remote_modified text
  reason text
  planned text

TABLE portolan.harvest_overlay
  package_id text NOT NULL
  field text NOT NULL
  value jsonb
  source_value jsonb
  noticed timestamp without time zone NOT NULL
  source_changed timestamp without time zone
  job_id text

TABLE portolan.harvest_preview
  id text NOT NULL
  source_id text NOT NULL
  state text NOT NULL DEFAULT 'waiting'::text
  record_limit integer NOT NULL
  created timestamp without time zone NOT NULL
  started timestamp without time zone
  finished timestamp without time zone
  gather_cursor jsonb
  delete_missing boolean NOT NULL DEFAULT false
  when_read jsonb
  summary jsonb
  detail_size bigint NOT NULL DEFAULT 0
  error text

TABLE portolan.harvest_preview_record
  preview_id text NOT NULL
  position integer NOT NULL
  guid text NOT NULL
  listed_as text
  action text NOT NULL
  detail jsonb

TABLE portolan.harvest_same_content
  object_id text NOT NULL
  holder_id text

TABLE portolan.harvest_source_state
  source_id text NOT NULL
  frozen boolean NOT NULL DEFAULT false
  frozen_reason text
  health text
  health_since timestamp without time zone
  mailed timestamp without time zone
  mailed_errors text
  unfrozen timestamp without time zone
  publisher_given boolean NOT NULL DEFAULT false

TABLE portolan.harvest_work
  object_id text NOT NULL
  job_id text NOT NULL
  position bigint NOT NULL
  action text
  claimed_by text
  heartbeat timestamp without time zone
  listed bigint

TABLE portolan.index_reconciliation
  singleton boolean NOT NULL DEFAULT true
  finished timestamp with time zone
  datasets integer NOT NULL DEFAULT 0
  different integer NOT NULL DEFAULT 0
  healed bigint NOT NULL DEFAULT 0

TABLE portolan.job
  id bigint NOT NULL
  queue text NOT NULL
  name text NOT NULL
  key text NOT NULL
  idempotency text
  state text NOT NULL DEFAULT 'waiting'::text
  attempts integer NOT NULL DEFAULT 0
  max_attempts integer NOT NULL
  run_after timestamp with time zone NOT NULL DEFAULT now()
  enqueued_at timestamp with time zone
  enqueues integer NOT NULL DEFAULT 0
  lease_token uuid
  lease_until timestamp with time zone
  abort_requested boolean NOT NULL DEFAULT false
  worker text
  created timestamp with time zone NOT NULL DEFAULT now()
  started timestamp with time zone
  finished timestamp with time zone
  error text

TABLE portolan.job_log
  id bigint NOT NULL
  job_id bigint NOT NULL
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
  level text NOT NULL
  message text NOT NULL
  data jsonb

TABLE portolan.migration
  number integer NOT NULL
  name text NOT NULL
  checksum text NOT NULL
  applied timestamp with time zone NOT NULL DEFAULT now()

TABLE portolan.outbox
  id bigint NOT NULL
  key text NOT NULL
  txid xid8 NOT NULL DEFAULT pg_current_xact_id()
  created timestamp with time zone NOT NULL DEFAULT clock_timestamp()

TABLE portolan.process
  id text NOT NULL
  service text NOT NULL
  host text NOT NULL
  pid integer NOT NULL
  backend integer NOT NULL
  backend_start timestamp with time zone NOT NULL
  epoch bigint NOT NULL
  started timestamp with time zone NOT NULL DEFAULT now()

TABLE portolan.reset_key
  user_id text NOT NULL
  key text NOT NULL
  issued timestamp with time zone NOT NULL DEFAULT now()
  expires timestamp with time zone

TABLE portolan.resource_file
  resource_id text NOT NULL
  key text NOT NULL
  filename text NOT NULL
  size bigint NOT NULL
  sha256 text NOT NULL
  uploaded timestamp without time zone NOT NULL

TABLE portolan.search_change
  number integer
  txid xid8 NOT NULL DEFAULT pg_current_xact_id()
  below xid8
  created timestamp with time zone NOT NULL DEFAULT now()

TABLE portolan.search_document
  package_id text NOT NULL
  number integer NOT NULL
  name text
  title_string text
  organization text
  owner_org text
  license_id text
  dataset_type text
  state text
  capacity text
  metadata_created bigint
  metadata_modified bigint
  tags text[] NOT NULL
  groups text[] NOT NULL
  res_format text[] NOT NULL
  labels text[] NOT NULL
  minx double precision
  miny double precision
  maxx double precision
  maxy double precision
  lengths jsonb NOT NULL
  totals jsonb NOT NULL
  numbers jsonb NOT NULL
  fields jsonb NOT NULL
  length_title integer
  length_notes integer
  length_text integer

TABLE portolan.search_mirror
  package_id text NOT NULL
  version bigint NOT NULL
  since timestamp with time zone

TABLE portolan.search_mirror_index
  name text NOT NULL
  number integer NOT NULL
  mapping text NOT NULL
  state text NOT NULL
  copied_to text DEFAULT ''::text
  copied integer NOT NULL DEFAULT 0
  created timestamp with time zone NOT NULL DEFAULT now()
  compared timestamp with time zone
  different integer NOT NULL DEFAULT 0
  healed bigint NOT NULL DEFAULT 0

TABLE portolan.search_posting
  number integer NOT NULL
  terms tsvector NOT NULL
  exact text[] NOT NULL

TABLE portolan.search_statistic
  id bigint NOT NULL
  field text NOT NULL
  documents integer NOT NULL
  tokens bigint NOT NULL

TABLE portolan.search_term
  field text NOT NULL
  term text NOT NULL

portolan.adoption CONSTRAINT adoption_pkey PRIMARY KEY (step)

portolan.adoption_row CONSTRAINT adoption_row_pkey PRIMARY KEY (id)

portolan.audit CONSTRAINT audit_pkey PRIMARY KEY ("position")

portolan.audit_note CONSTRAINT audit_note_pkey PRIMARY KEY (id)

portolan.audit_seal CONSTRAINT audit_seal_pkey PRIMARY KEY (singleton)

portolan.audit_seal CONSTRAINT audit_seal_singleton_check CHECK (singleton)

portolan.change CONSTRAINT change_pkey PRIMARY KEY ("position")

portolan.change_note CONSTRAINT change_note_pkey PRIMARY KEY (id)

portolan.control CONSTRAINT control_pkey PRIMARY KEY (singleton)

portolan.control CONSTRAINT control_singleton_check CHECK (singleton)

portolan.dataset_document CONSTRAINT dataset_document_pkey PRIMARY KEY (package_id)

portolan.deleted_dataset CONSTRAINT deleted_dataset_pkey PRIMARY KEY (package_id)

portolan.fetch_host CONSTRAINT fetch_host_pkey PRIMARY KEY (host)

portolan.fetch_turn CONSTRAINT fetch_turn_pkey PRIMARY KEY (id)

portolan.harvest_base CONSTRAINT harvest_base_package_fkey FOREIGN KEY (package_id) REFERENCES package(id) ON DELETE CASCADE

portolan.harvest_base CONSTRAINT harvest_base_pkey PRIMARY KEY (package_id)

portolan.harvest_document CONSTRAINT harvest_document_pkey PRIMARY KEY (source_id, url)

portolan.harvest_document CONSTRAINT harvest_document_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source(id) ON DELETE CASCADE

portolan.harvest_feed_finding CONSTRAINT harvest_feed_finding_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

portolan.harvest_feed_finding CONSTRAINT harvest_feed_finding_kind_check CHECK ((kind = ANY (ARRAY['duplicate'::text, 'unidentified'::text, 'elsewhere'::text])))

portolan.harvest_feed_finding CONSTRAINT harvest_feed_finding_pkey PRIMARY KEY (job_id, "position", kind)

portolan.harvest_held_deletion CONSTRAINT harvest_held_deletion_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

portolan.harvest_held_deletion CONSTRAINT harvest_held_deletion_pkey PRIMARY KEY (source_id, guid)

portolan.harvest_job_state CONSTRAINT harvest_job_state_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

portolan.harvest_job_state CONSTRAINT harvest_job_state_kind_check CHECK ((kind = ANY (ARRAY['harvest'::text, 'import'::text, 'preview'::text])))

portolan.harvest_job_state CONSTRAINT harvest_job_state_lane_check CHECK ((lane = ANY (ARRAY['first'::text, 'long'::text])))

portolan.harvest_job_state CONSTRAINT harvest_job_state_pkey PRIMARY KEY (job_id)

portolan.harvest_listing CONSTRAINT harvest_listing_job_fkey FOREIGN KEY (job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

portolan.harvest_listing CONSTRAINT harvest_listing_pkey PRIMARY KEY (job_id, url)

portolan.harvest_minute CONSTRAINT harvest_minute_pkey PRIMARY KEY (minute)

portolan.harvest_object_state CONSTRAINT harvest_object_state_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object(id) ON DELETE CASCADE

portolan.harvest_object_state CONSTRAINT harvest_object_state_pkey PRIMARY KEY (object_id)

portolan.harvest_object_state CONSTRAINT harvest_object_state_planned_check CHECK ((planned = ANY (ARRAY['create'::text, 'update'::text, 'compare'::text, 'delete'::text])))

portolan.harvest_overlay CONSTRAINT harvest_overlay_package_fkey FOREIGN KEY (package_id) REFERENCES package(id) ON DELETE CASCADE

portolan.harvest_overlay CONSTRAINT harvest_overlay_pkey PRIMARY KEY (package_id, field)

portolan.harvest_preview CONSTRAINT harvest_preview_pkey PRIMARY KEY (id)

portolan.harvest_preview CONSTRAINT harvest_preview_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source(id) ON DELETE CASCADE

portolan.harvest_preview CONSTRAINT harvest_preview_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'finished'::text, 'failed'::text, 'aborted'::text])))

portolan.harvest_preview_record CONSTRAINT harvest_preview_record_pkey PRIMARY KEY (preview_id, "position")

portolan.harvest_preview_record CONSTRAINT harvest_preview_record_preview_fkey FOREIGN KEY (preview_id) REFERENCES portolan.harvest_preview(id) ON DELETE CASCADE

portolan.harvest_same_content CONSTRAINT harvest_same_content_holder_fkey FOREIGN KEY (holder_id) REFERENCES harvest_object(id) DEFERRABLE INITIALLY DEFERRED

portolan.harvest_same_content CONSTRAINT harvest_same_content_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object(id) ON DELETE CASCADE

portolan.harvest_same_content CONSTRAINT harvest_same_content_pkey PRIMARY KEY (object_id)

portolan.harvest_source_state CONSTRAINT harvest_source_state_pkey PRIMARY KEY (source_id)

portolan.harvest_source_state CONSTRAINT harvest_source_state_source_fkey FOREIGN KEY (source_id) REFERENCES harvest_source(id) ON DELETE CASCADE

portolan.harvest_work CONSTRAINT harvest_work_object_fkey FOREIGN KEY (object_id) REFERENCES harvest_object(id) ON DELETE CASCADE

portolan.harvest_work CONSTRAINT harvest_work_pkey PRIMARY KEY (object_id)

portolan.index_reconciliation CONSTRAINT index_reconciliation_pkey PRIMARY KEY (singleton)

portolan.index_reconciliation CONSTRAINT index_reconciliation_singleton_check CHECK (singleton)

portolan.job CONSTRAINT job_lease_check CHECK (((state = 'active'::text) = (lease_token IS NOT NULL)))

portolan.job CONSTRAINT job_pkey PRIMARY KEY (id)

portolan.job CONSTRAINT job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))

portolan.job_log CONSTRAINT job_log_pkey PRIMARY KEY (id)

portolan.migration CONSTRAINT migration_pkey PRIMARY KEY (number)

portolan.outbox CONSTRAINT outbox_pkey PRIMARY KEY (id)

portolan.process CONSTRAINT process_pkey PRIMARY KEY (id)

portolan.reset_key CONSTRAINT reset_key_pkey PRIMARY KEY (user_id)

portolan.resource_file CONSTRAINT resource_file_pkey PRIMARY KEY (resource_id)

portolan.search_document CONSTRAINT search_document_number_key UNIQUE (number)

portolan.search_document CONSTRAINT search_document_pkey PRIMARY KEY (package_id)

portolan.search_mirror CONSTRAINT search_mirror_pkey PRIMARY KEY (package_id)

portolan.search_mirror_index CONSTRAINT search_mirror_index_pkey PRIMARY KEY (name)

portolan.search_mirror_index CONSTRAINT search_mirror_index_state_check CHECK ((state = ANY (ARRAY['building'::text, 'live'::text, 'previous'::text])))

portolan.search_mirror_index CONSTRAINT search_mirror_index_state_key UNIQUE (state)

portolan.search_posting CONSTRAINT search_posting_pkey PRIMARY KEY (number)

portolan.search_statistic CONSTRAINT search_statistic_pkey PRIMARY KEY (id)

portolan.search_term CONSTRAINT search_term_pkey PRIMARY KEY (field, term)

public.activity CONSTRAINT activity_pkey PRIMARY KEY (id)

public.activity_alembic_version CONSTRAINT activity_alembic_version_pkc PRIMARY KEY (version_num)

public.activity_detail CONSTRAINT activity_detail_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES activity(id)

public.activity_detail CONSTRAINT activity_detail_pkey PRIMARY KEY (id)

public.alembic_version CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)

public.api_token CONSTRAINT api_token_pkey PRIMARY KEY (id)

public.api_token CONSTRAINT api_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id)

public.dashboard CONSTRAINT dashboard_pkey PRIMARY KEY (user_id)

public.dashboard CONSTRAINT dashboard_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.group CONSTRAINT group_name_key UNIQUE (name)

public.group CONSTRAINT group_pkey PRIMARY KEY (id)

public.group_extra CONSTRAINT group_extra_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id)

public.group_extra CONSTRAINT group_extra_pkey PRIMARY KEY (id)

public.group_extra_revision CONSTRAINT group_extra_revision_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id)

public.group_extra_revision CONSTRAINT group_extra_revision_pkey PRIMARY KEY (id, revision_id)

public.group_extra_revision CONSTRAINT group_extra_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.group_revision CONSTRAINT group_revision_pkey PRIMARY KEY (id, revision_id)

public.group_revision CONSTRAINT group_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.harvest_alembic_version CONSTRAINT harvest_alembic_version_pkc PRIMARY KEY (version_num)

public.harvest_gather_error CONSTRAINT harvest_gather_error_harvest_job_id_fkey FOREIGN KEY (harvest_job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

public.harvest_gather_error CONSTRAINT harvest_gather_error_pkey PRIMARY KEY (id)

public.harvest_job CONSTRAINT harvest_job_pkey PRIMARY KEY (id)

public.harvest_job CONSTRAINT harvest_job_source_id_fkey FOREIGN KEY (source_id) REFERENCES harvest_source(id) ON DELETE CASCADE

public.harvest_log CONSTRAINT harvest_log_pkey PRIMARY KEY (id)

public.harvest_object CONSTRAINT harvest_object_harvest_job_id_fkey FOREIGN KEY (harvest_job_id) REFERENCES harvest_job(id) ON DELETE CASCADE

public.harvest_object CONSTRAINT harvest_object_harvest_source_id_fkey FOREIGN KEY (harvest_source_id) REFERENCES harvest_source(id) ON DELETE CASCADE

public.harvest_object CONSTRAINT harvest_object_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id) ON DELETE CASCADE DEFERRABLE

public.harvest_object CONSTRAINT harvest_object_pkey PRIMARY KEY (id)

public.harvest_object_error CONSTRAINT harvest_object_error_harvest_object_id_fkey FOREIGN KEY (harvest_object_id) REFERENCES harvest_object(id) ON DELETE CASCADE

public.harvest_object_error CONSTRAINT harvest_object_error_pkey PRIMARY KEY (id)

public.harvest_object_extra CONSTRAINT harvest_object_extra_harvest_object_id_fkey FOREIGN KEY (harvest_object_id) REFERENCES harvest_object(id) ON DELETE CASCADE

public.harvest_object_extra CONSTRAINT harvest_object_extra_pkey PRIMARY KEY (id)

public.harvest_source CONSTRAINT harvest_source_pkey PRIMARY KEY (id)

public.member CONSTRAINT member_group_id_fkey FOREIGN KEY (group_id) REFERENCES "group"(id)

public.member CONSTRAINT member_pkey PRIMARY KEY (id)

public.member_revision CONSTRAINT member_revision_pkey PRIMARY KEY (id, revision_id)

public.member_revision CONSTRAINT member_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.package CONSTRAINT package_name_key UNIQUE (name)

public.package CONSTRAINT package_pkey PRIMARY KEY (id)

public.package_extra CONSTRAINT package_extra_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id)

public.package_extra CONSTRAINT package_extra_pkey PRIMARY KEY (id)

public.package_extra_revision CONSTRAINT package_extra_revision_pkey PRIMARY KEY (id, revision_id)

public.package_extra_revision CONSTRAINT package_extra_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.package_member CONSTRAINT package_member_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id)

public.package_member CONSTRAINT package_member_pkey PRIMARY KEY (package_id, user_id)

public.package_member CONSTRAINT package_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id)

public.package_relationship CONSTRAINT package_relationship_object_package_id_fkey FOREIGN KEY (object_package_id) REFERENCES package(id)

public.package_relationship CONSTRAINT package_relationship_pkey PRIMARY KEY (id)

public.package_relationship CONSTRAINT package_relationship_subject_package_id_fkey FOREIGN KEY (subject_package_id) REFERENCES package(id)

public.package_relationship_revision CONSTRAINT package_relationship_revision_continuity_id_fkey FOREIGN KEY (continuity_id) REFERENCES package_relationship(id)

public.package_relationship_revision CONSTRAINT package_relationship_revision_object_package_id_fkey FOREIGN KEY (object_package_id) REFERENCES package(id)

public.package_relationship_revision CONSTRAINT package_relationship_revision_pkey PRIMARY KEY (id, revision_id)

public.package_relationship_revision CONSTRAINT package_relationship_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.package_relationship_revision CONSTRAINT package_relationship_revision_subject_package_id_fkey FOREIGN KEY (subject_package_id) REFERENCES package(id)

public.package_revision CONSTRAINT package_revision_pkey PRIMARY KEY (id, revision_id)

public.package_revision CONSTRAINT package_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.package_tag CONSTRAINT package_tag_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id)

public.package_tag CONSTRAINT package_tag_pkey PRIMARY KEY (id)

public.package_tag CONSTRAINT package_tag_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id)

public.package_tag_revision CONSTRAINT package_tag_revision_pkey PRIMARY KEY (id, revision_id)

public.package_tag_revision CONSTRAINT package_tag_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.package_tag_revision CONSTRAINT package_tag_revision_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id)

public.resource CONSTRAINT resource_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id)

public.resource CONSTRAINT resource_pkey PRIMARY KEY (id)

public.resource_revision CONSTRAINT resource_revision_pkey PRIMARY KEY (id, revision_id)

public.resource_revision CONSTRAINT resource_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.resource_view CONSTRAINT resource_view_pkey PRIMARY KEY (id)

public.resource_view CONSTRAINT resource_view_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES resource(id) ON UPDATE CASCADE ON DELETE CASCADE

public.revision CONSTRAINT revision_pkey PRIMARY KEY (id)

public.system_info CONSTRAINT system_info_key_key UNIQUE (key)

public.system_info CONSTRAINT system_info_pkey PRIMARY KEY (id)

public.system_info_revision CONSTRAINT system_info_revision_continuity_id_fkey FOREIGN KEY (continuity_id) REFERENCES system_info(id)

public.system_info_revision CONSTRAINT system_info_revision_pkey PRIMARY KEY (id, revision_id)

public.system_info_revision CONSTRAINT system_info_revision_revision_id_fkey FOREIGN KEY (revision_id) REFERENCES revision(id)

public.tag CONSTRAINT tag_name_vocabulary_id_key UNIQUE (name, vocabulary_id)

public.tag CONSTRAINT tag_pkey PRIMARY KEY (id)

public.tag CONSTRAINT tag_vocabulary_id_fkey FOREIGN KEY (vocabulary_id) REFERENCES vocabulary(id)

public.task_status CONSTRAINT task_status_entity_id_task_type_key_key UNIQUE (entity_id, task_type, key)

public.task_status CONSTRAINT task_status_pkey PRIMARY KEY (id)

public.user CONSTRAINT user_name_key UNIQUE (name)

public.user CONSTRAINT user_pkey PRIMARY KEY (id)

public.user_following_dataset CONSTRAINT user_following_dataset_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_dataset CONSTRAINT user_following_dataset_object_id_fkey FOREIGN KEY (object_id) REFERENCES package(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_dataset CONSTRAINT user_following_dataset_pkey PRIMARY KEY (follower_id, object_id)

public.user_following_group CONSTRAINT user_following_group_group_id_fkey FOREIGN KEY (object_id) REFERENCES "group"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_group CONSTRAINT user_following_group_pkey PRIMARY KEY (follower_id, object_id)

public.user_following_group CONSTRAINT user_following_group_user_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_user CONSTRAINT user_following_user_follower_id_fkey FOREIGN KEY (follower_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_user CONSTRAINT user_following_user_object_id_fkey FOREIGN KEY (object_id) REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE

public.user_following_user CONSTRAINT user_following_user_pkey PRIMARY KEY (follower_id, object_id)

public.vocabulary CONSTRAINT vocabulary_name_key UNIQUE (name)

public.vocabulary CONSTRAINT vocabulary_pkey PRIMARY KEY (id)

CREATE INDEX audit_at_idx ON portolan.audit USING btree (at)

CREATE INDEX audit_concerns_idx ON portolan.audit USING gin (concerns)

CREATE INDEX fetch_turn_host_idx ON portolan.fetch_turn USING btree (host)

CREATE INDEX guid_idx ON public.harvest_object USING btree (guid)

CREATE INDEX harvest_error_harvest_object_id_idx ON public.harvest_object_error USING btree (harvest_object_id)

CREATE INDEX harvest_held_deletion_job_idx ON portolan.harvest_held_deletion USING btree (job_id)

CREATE INDEX harvest_job_id_idx ON public.harvest_object USING btree (harvest_job_id)

CREATE INDEX harvest_object_id_idx ON public.harvest_object_extra USING btree (harvest_object_id)

CREATE INDEX harvest_overlay_job_idx ON portolan.harvest_overlay USING btree (job_id)

CREATE INDEX harvest_preview_source_idx ON portolan.harvest_preview USING btree (source_id, created)

CREATE INDEX harvest_same_content_holder_idx ON portolan.harvest_same_content USING btree (holder_id)

CREATE INDEX harvest_source_id_idx ON public.harvest_object USING btree (harvest_source_id)

CREATE INDEX harvest_work_job_idx ON portolan.harvest_work USING btree (job_id, "position")

CREATE INDEX idx_activity_detail_activity_id ON public.activity_detail USING btree (activity_id)

CREATE INDEX idx_activity_object_id ON public.activity USING btree (object_id, "timestamp")

CREATE INDEX idx_activity_user_id ON public.activity USING btree (user_id, "timestamp")

CREATE INDEX idx_extra_grp_id_pkg_id ON public.member USING btree (group_id, table_id)

CREATE INDEX idx_extra_id_pkg_id ON public.package_extra USING btree (id, package_id)

CREATE INDEX idx_extra_pkg_id ON public.package_extra USING btree (package_id)

CREATE INDEX idx_group_current ON public.group_revision USING btree (current)

CREATE INDEX idx_group_extra_current ON public.group_extra_revision USING btree (current)

CREATE INDEX idx_group_extra_group_id ON public.group_extra USING btree (group_id)

CREATE INDEX idx_group_extra_period ON public.group_extra_revision USING btree (revision_timestamp, expired_timestamp, id)

CREATE INDEX idx_group_extra_period_group ON public.group_extra_revision USING btree (revision_timestamp, expired_timestamp, group_id)

CREATE INDEX idx_group_id ON public."group" USING btree (id)

CREATE INDEX idx_group_name ON public."group" USING btree (name)

CREATE INDEX idx_group_period ON public.group_revision USING btree (revision_timestamp, expired_timestamp, id)

CREATE INDEX idx_group_pkg_id ON public.member USING btree (table_id)

CREATE INDEX idx_member_continuity_id ON public.member_revision USING btree (continuity_id)

CREATE INDEX idx_package_continuity_id ON public.package_revision USING btree (continuity_id)

CREATE INDEX idx_package_creator_user_id ON public.package USING btree (creator_user_id)

CREATE INDEX idx_package_current ON public.package_revision USING btree (current)

CREATE INDEX idx_package_extra_continuity_id ON public.package_extra_revision USING btree (continuity_id)

CREATE INDEX idx_package_extra_current ON public.package_extra_revision USING btree (current)

CREATE INDEX idx_package_extra_package_id ON public.package_extra_revision USING btree (package_id, current)

CREATE INDEX idx_package_extra_period ON public.package_extra_revision USING btree (revision_timestamp, expired_timestamp, id)

CREATE INDEX idx_package_extra_period_package ON public.package_extra_revision USING btree (revision_timestamp, expired_timestamp, package_id)

CREATE INDEX idx_package_extra_rev_id ON public.package_extra_revision USING btree (revision_id)

CREATE INDEX idx_package_group_current ON public.member_revision USING btree (current)

CREATE INDEX idx_package_group_id ON public.member USING btree (id)

CREATE INDEX idx_package_group_period_package_group ON public.member_revision USING btree (revision_timestamp, expired_timestamp, table_id, group_id)

CREATE INDEX idx_package_period ON public.package_revision USING btree (revision_timestamp, expired_timestamp, id)

CREATE INDEX idx_package_relationship_current ON public.package_relationship_revision USING btree (current)

CREATE INDEX idx_package_resource_id ON public.resource USING btree (id)

CREATE INDEX idx_package_resource_package_id ON public.resource USING btree (package_id)

CREATE INDEX idx_package_resource_rev_id ON public.resource_revision USING btree (revision_id)

CREATE INDEX idx_package_resource_url ON public.resource USING btree (url)

CREATE INDEX idx_package_tag_continuity_id ON public.package_tag_revision USING btree (continuity_id)

CREATE INDEX idx_package_tag_current ON public.package_tag_revision USING btree (current)

CREATE INDEX idx_package_tag_id ON public.package_tag USING btree (id)

CREATE INDEX idx_package_tag_pkg_id ON public.package_tag USING btree (package_id)

CREATE INDEX idx_package_tag_pkg_id_tag_id ON public.package_tag USING btree (tag_id, package_id)

CREATE INDEX idx_package_tag_revision_id ON public.package_tag_revision USING btree (id)

CREATE INDEX idx_package_tag_revision_pkg_id ON public.package_tag_revision USING btree (package_id)

CREATE INDEX idx_package_tag_revision_pkg_id_tag_id ON public.package_tag_revision USING btree (tag_id, package_id)

CREATE INDEX idx_package_tag_revision_rev_id ON public.package_tag_revision USING btree (revision_id)

CREATE INDEX idx_package_tag_revision_tag_id ON public.package_tag_revision USING btree (tag_id)

CREATE INDEX idx_period_package_relationship ON public.package_relationship_revision USING btree (revision_timestamp, expired_timestamp, object_package_id, subject_package_id)

CREATE INDEX idx_period_package_tag ON public.package_tag_revision USING btree (revision_timestamp, expired_timestamp, package_id, tag_id)

CREATE INDEX idx_pkg_lname ON public.package USING btree (lower((name)::text))

CREATE INDEX idx_pkg_revision_id ON public.package_revision USING btree (id)

CREATE INDEX idx_pkg_revision_name ON public.package_revision USING btree (name)

CREATE INDEX idx_pkg_revision_rev_id ON public.package_revision USING btree (revision_id)

CREATE INDEX idx_pkg_sid ON public.package USING btree (id, state)

CREATE INDEX idx_pkg_slname ON public.package USING btree (lower((name)::text), state)

CREATE INDEX idx_pkg_sname ON public.package USING btree (name, state)

CREATE INDEX idx_pkg_stitle ON public.package USING btree (title, state)

CREATE INDEX idx_pkg_suname ON public.package USING btree (upper((name)::text), state)

CREATE INDEX idx_pkg_uname ON public.package USING btree (upper((name)::text))

CREATE INDEX idx_resource_continuity_id ON public.resource_revision USING btree (continuity_id)

CREATE INDEX idx_resource_current ON public.resource_revision USING btree (current)

CREATE INDEX idx_resource_period ON public.resource_revision USING btree (revision_timestamp, expired_timestamp, id)

CREATE INDEX idx_rev_state ON public.revision USING btree (state)

CREATE INDEX idx_revision_author ON public.revision USING btree (author)

CREATE INDEX idx_tag_id ON public.tag USING btree (id)

CREATE INDEX idx_tag_name ON public.tag USING btree (name)

CREATE INDEX idx_user_id ON public."user" USING btree (id)

CREATE INDEX idx_user_name ON public."user" USING btree (name)

CREATE INDEX idx_user_name_index ON public."user" USING btree ((
CASE
    WHEN ((fullname IS NULL) OR (fullname = ''::text)) THEN name
    ELSE fullname
END))

CREATE INDEX idx_view_resource_id ON public.resource_view USING btree (resource_id)

CREATE INDEX job_due_idx ON portolan.job USING btree (run_after, id) WHERE ((state = 'waiting'::text) AND (enqueued_at IS NULL))

CREATE INDEX job_enqueued_idx ON portolan.job USING btree (enqueued_at) WHERE ((state = 'waiting'::text) AND (enqueued_at IS NOT NULL))

CREATE INDEX job_failed_idx ON portolan.job USING btree (queue) WHERE (state = 'failed'::text)

CREATE INDEX job_finished_idx ON portolan.job USING brin (finished)

CREATE INDEX job_lease_idx ON portolan.job USING btree (lease_until) WHERE (state = 'active'::text)

CREATE INDEX job_log_job_id_idx ON portolan.job_log USING btree (job_id, id)

CREATE INDEX job_open_idx ON portolan.job USING btree (key, name) WHERE (state = ANY (ARRAY['waiting'::text, 'active'::text]))

CREATE INDEX outbox_key_idx ON portolan.outbox USING btree (key)

CREATE INDEX outbox_txid_idx ON portolan.outbox USING btree (txid)

CREATE INDEX package_id_idx ON public.harvest_object USING btree (package_id)

CREATE INDEX portolan_followed_dataset ON public.user_following_dataset USING btree (object_id)

CREATE INDEX portolan_harvest_log_created ON public.harvest_log USING btree (created)

CREATE INDEX portolan_old_content ON public.harvest_object USING btree (gathered, id) WHERE ((content IS NOT NULL) AND (current IS NOT TRUE))

CREATE INDEX portolan_owner_org ON public.package USING btree (owner_org)

CREATE INDEX portolan_relationship_object ON public.package_relationship USING btree (object_package_id)

CREATE INDEX portolan_relationship_subject ON public.package_relationship USING btree (subject_package_id)

CREATE INDEX search_change_below_idx ON portolan.search_change USING btree (below) WHERE (number IS NULL)

CREATE INDEX search_change_txid_idx ON portolan.search_change USING btree (txid)

CREATE INDEX search_document_metadata_modified_idx ON portolan.search_document USING btree (metadata_modified)

CREATE INDEX search_document_name_idx ON portolan.search_document USING btree (name)

CREATE INDEX search_document_organization_idx ON portolan.search_document USING btree (organization)

CREATE INDEX search_mirror_since_idx ON portolan.search_mirror USING btree (since) WHERE (since IS NOT NULL)

CREATE INDEX search_posting_exact_idx ON portolan.search_posting USING gin (exact) WITH (fastupdate='on')

CREATE INDEX search_posting_terms_idx ON portolan.search_posting USING gin (terms) WITH (fastupdate='on')

CREATE INDEX search_statistic_field_idx ON portolan.search_statistic USING btree (field) INCLUDE (documents, tokens)

CREATE INDEX term_lang ON public.term_translation USING btree (term, lang_code)

CREATE INDEX tracking_raw_access_timestamp ON public.tracking_raw USING btree (access_timestamp)

CREATE INDEX tracking_raw_url ON public.tracking_raw USING btree (url)

CREATE INDEX tracking_raw_user_key ON public.tracking_raw USING btree (user_key)

CREATE INDEX tracking_summary_date ON public.tracking_summary USING btree (tracking_date)

CREATE INDEX tracking_summary_package_id ON public.tracking_summary USING btree (package_id)

CREATE INDEX tracking_summary_url ON public.tracking_summary USING btree (url)

CREATE UNIQUE INDEX harvest_preview_open_idx ON portolan.harvest_preview USING btree (source_id, record_limit) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))

CREATE UNIQUE INDEX idx_only_one_active_email ON public."user" USING btree (email, state) WHERE (state = 'active'::text)

CREATE UNIQUE INDEX job_once_idx ON portolan.job USING btree (name, idempotency) WHERE ((state = 'waiting'::text) AND (idempotency IS NOT NULL))

CREATE UNIQUE INDEX portolan_free_tag_name ON public.tag USING btree (name) WHERE (vocabulary_id IS NULL)

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public."group" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public."user" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.api_token REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('user_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.group_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('group_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.harvest_source REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('table_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.package REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.package_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.package_member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.package_relationship REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('subject_package_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.package_tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.resource REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.resource_view REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('resource_id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.system_info REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('key')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_delete AFTER DELETE ON public.vocabulary REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public."group" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public."user" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.api_token REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('user_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.group_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('group_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.harvest_source REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('table_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.package REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.package_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.package_member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.package_relationship REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('subject_package_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.package_tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.resource REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.resource_view REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('resource_id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.system_info REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('key')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_insert AFTER INSERT ON public.vocabulary REFERENCING NEW TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public."group" FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public."user" FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.api_token FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('user_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.group_extra FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('group_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.harvest_source FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.member FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('table_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.package FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.package_extra FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.package_member FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.package_relationship FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('subject_package_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.package_tag FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.resource FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.resource_view FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('resource_id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.system_info FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('key')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.tag FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_truncate AFTER TRUNCATE ON public.vocabulary FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public."group" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public."user" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.api_token REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('user_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.group_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('group_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.harvest_source REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('table_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.package REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.package_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.package_member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.package_relationship REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('subject_package_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.package_tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.resource REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('package_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.resource_view REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('resource_id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.system_info REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('key')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_by_hand_update AFTER UPDATE ON public.vocabulary REFERENCING OLD TABLE AS changed FOR EACH STATEMENT WHEN ((current_setting('portolan.audited'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION portolan.note_by_hand('id')

CREATE TRIGGER portolan_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change()

CREATE TRIGGER portolan_delete AFTER DELETE ON public."group" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.group_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.harvest_object REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_object()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.harvest_source REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_source()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_member()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.package REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.package_extra REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.package_member REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.package_relationship REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_relationship()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.package_tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.resource REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.tag REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_tag()

CREATE TRIGGER portolan_delete AFTER DELETE ON public.vocabulary REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_vocabulary()

CREATE TRIGGER portolan_hand_on AFTER DELETE ON public.harvest_object FOR EACH ROW WHEN ((old.content IS NOT NULL)) EXECUTE FUNCTION portolan.hand_on_content()

CREATE TRIGGER portolan_hand_on_update AFTER UPDATE OF content ON public.harvest_object FOR EACH ROW WHEN (((old.content IS NOT NULL) AND (new.content IS DISTINCT FROM old.content))) EXECUTE FUNCTION portolan.hand_on_content()

CREATE TRIGGER portolan_insert AFTER INSERT ON portolan.job FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_job()

CREATE TRIGGER portolan_insert AFTER INSERT ON portolan.search_document REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change()

CREATE TRIGGER portolan_insert AFTER INSERT ON public."group" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.group_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.harvest_object REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_object()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.harvest_source REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_source()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_member()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.package REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.package_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.package_member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.package_relationship REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_relationship()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.package_tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.resource REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_tag()

CREATE TRIGGER portolan_insert AFTER INSERT ON public.vocabulary REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_vocabulary()

CREATE TRIGGER portolan_mirror_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror()

CREATE TRIGGER portolan_mirror_insert AFTER INSERT ON portolan.search_document REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror()

CREATE TRIGGER portolan_mirror_truncate AFTER TRUNCATE ON portolan.search_document FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror_emptied()

CREATE TRIGGER portolan_mirror_update AFTER UPDATE ON portolan.search_document REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_mirror()

CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON public.harvest_object FOR EACH ROW WHEN ((old.package_id IS DISTINCT FROM new.package_id)) EXECUTE FUNCTION portolan.note_moved()

CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON public.package_extra FOR EACH ROW WHEN ((old.package_id IS DISTINCT FROM new.package_id)) EXECUTE FUNCTION portolan.note_moved()

CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON public.package_tag FOR EACH ROW WHEN ((old.package_id IS DISTINCT FROM new.package_id)) EXECUTE FUNCTION portolan.note_moved()

CREATE TRIGGER portolan_moved AFTER UPDATE OF package_id ON public.resource FOR EACH ROW WHEN ((old.package_id IS DISTINCT FROM new.package_id)) EXECUTE FUNCTION portolan.note_moved()

CREATE TRIGGER portolan_name AFTER INSERT OR UPDATE OF name ON public.package FOR EACH ROW WHEN ((new.type = 'harvest'::text)) EXECUTE FUNCTION portolan.name_harvest_source()

CREATE TRIGGER portolan_name BEFORE INSERT ON public.harvest_source FOR EACH ROW EXECUTE FUNCTION portolan.name_harvest_source()

CREATE TRIGGER portolan_own BEFORE UPDATE OF current ON public.harvest_object FOR EACH ROW WHEN ((new.current AND (old.current IS NOT TRUE) AND (new.content IS NULL))) EXECUTE FUNCTION portolan.own_content()

CREATE TRIGGER portolan_posting_delete AFTER DELETE ON portolan.search_document REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portolan.forget_search_posting()

CREATE TRIGGER portolan_posting_truncate AFTER TRUNCATE ON portolan.search_document FOR EACH STATEMENT EXECUTE FUNCTION portolan.forget_search_postings()

CREATE TRIGGER portolan_publisher AFTER UPDATE OF owner_org ON public.package FOR EACH ROW WHEN (((new.type = 'harvest'::text) AND (new.owner_org IS DISTINCT FROM old.owner_org))) EXECUTE FUNCTION portolan.publish_harvest_source()

CREATE TRIGGER portolan_publisher BEFORE INSERT ON public.harvest_source FOR EACH ROW EXECUTE FUNCTION portolan.publish_harvest_source()

CREATE TRIGGER portolan_truncate AFTER TRUNCATE ON portolan.search_document FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_emptied()

CREATE TRIGGER portolan_update AFTER UPDATE ON portolan.search_document REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_search_change()

CREATE TRIGGER portolan_update AFTER UPDATE ON public."group" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.group_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_group_id()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.harvest_object REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_object()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.harvest_source REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_harvest_source()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_member()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.package REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_update()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.package_extra REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.package_member REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.package_relationship REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_relationship()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.package_tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.resource REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_package_id()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.tag REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_tag()

CREATE TRIGGER portolan_update AFTER UPDATE ON public.vocabulary REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION portolan.note_vocabulary()

CREATE OR REPLACE FUNCTION portolan.audit_hash(previous text, entry portolan.audit)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT encode(sha256(convert_to(previous || jsonb_build_array(entry.position, entry.at, entry.via, entry.action,
    entry.outcome, entry.user_id, entry.user_name, entry.token_id, entry.address, entry.request_id, entry.concerns,
    entry.parameters)::text, 'UTF8')), 'hex');
$function$


CREATE OR REPLACE FUNCTION portolan.dataset_labels(id text, state text, private boolean, owner_org text, creator text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN state = 'active' AND NOT coalesce(private, false) THEN ARRAY['public']
    WHEN owner_org <> '' THEN ARRAY['member-' || owner_org, 'collaborator-' || id]
    ELSE ARRAY['creator-' || coalesce(creator, 'null'), 'collaborator-' || id]
  END;
$function$


CREATE OR REPLACE FUNCTION portolan.forget_search_posting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  DELETE FROM portolan.search_posting WHERE number IN (SELECT number FROM gone);
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.forget_search_postings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  DELETE FROM portolan.search_posting;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.hand_on_content()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  heir text;
  handed boolean;
BEGIN
  LOOP
    SELECT o.id INTO heir FROM portolan.harvest_same_content s JOIN public.harvest_object o ON o.id = s.object_id
      WHERE s.holder_id = OLD.id ORDER BY o.gathered DESC, o.id LIMIT 1;
    EXIT WHEN heir IS NULL;
    UPDATE public.harvest_object SET content = OLD.content WHERE id = heir AND content IS NULL;
    handed := FOUND;
    -- If it was not there any more, or has a text of its own, the next one is asked.
    DELETE FROM portolan.harvest_same_content WHERE object_id = heir;
    IF handed THEN
      UPDATE portolan.harvest_same_content SET holder_id = heir WHERE holder_id = OLD.id;
      EXIT;
    END IF;
  END LOOP;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.harvest_content(object text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(o.content, h.content) FROM public.harvest_object o
  LEFT JOIN portolan.harvest_same_content s ON s.object_id = o.id
  LEFT JOIN public.harvest_object h ON h.id = s.holder_id
  WHERE o.id = object
$function$


CREATE OR REPLACE FUNCTION portolan.learn_search_terms(fields text[], terms text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.search_term (field, term)
  SELECT t.field, t.term FROM unnest(fields, terms) AS t(field, term)
  ORDER BY t.field COLLATE "C", t.term COLLATE "C"
  ON CONFLICT DO NOTHING;
END $function$


CREATE OR REPLACE FUNCTION portolan.mirror(ids text[])
 RETURNS void
 LANGUAGE sql
AS $function$
  INSERT INTO portolan.search_mirror AS m (package_id, version, since)
  SELECT id, nextval('portolan.search_mirror_version'), clock_timestamp()
  FROM (SELECT DISTINCT unnest(ids) AS id ORDER BY 1) AS changed
  ON CONFLICT (package_id) DO UPDATE
    SET version = greatest(excluded.version, m.version + 1), since = coalesce(m.since, excluded.since)
$function$


CREATE OR REPLACE FUNCTION portolan.name_harvest_source()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_TABLE_NAME = 'harvest_source' THEN
    NEW.name := coalesce((SELECT name FROM package WHERE id = NEW.id), NEW.name);
    RETURN NEW;
  END IF;
  UPDATE harvest_source SET name = NEW.name WHERE id = NEW.id AND name IS DISTINCT FROM NEW.name;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.not_yet_noted(keys text[])
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
  IF keys IS NULL OR current_setting('portolan.purging', true) = 'on' THEN RETURN NULL; END IF;
  RETURN (SELECT array_agg(k) FROM unnest(keys) AS k
    WHERE NOT EXISTS (SELECT FROM public.package p WHERE p.id = k AND p.xmin = pg_current_xact_id()::xid));
END $function$


CREATE OR REPLACE FUNCTION portolan.note(keys text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  WITH noted AS (
    INSERT INTO portolan.outbox (key) SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL ORDER BY key
    RETURNING key)
  INSERT INTO portolan.change_note (kind, key) SELECT 'dataset', key FROM noted;
  PERFORM pg_notify('portolan_outbox', '');
END $function$


CREATE OR REPLACE FUNCTION portolan.note_by_hand()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  keys text[];
BEGIN
  IF TG_OP <> 'TRUNCATE' THEN
    SELECT array_agg(key) INTO keys FROM (SELECT to_jsonb(c) ->> TG_ARGV[0] AS key FROM changed c LIMIT 100) AS first;
    IF keys IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  INSERT INTO portolan.audit_note (via, action, outcome, user_name, address, request_id, concerns) VALUES
    ('sql', TG_OP || ' ' || TG_TABLE_NAME, 'done', session_user, host(inet_client_addr()),
     nullif(current_setting('application_name'), ''), coalesce(array_remove(keys, NULL), '{}'));
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_group()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM (
    SELECT p.id FROM package p JOIN changed g ON p.owner_org = g.id
    UNION
    SELECT m.table_id FROM member m JOIN changed g ON m.group_id = g.id WHERE m.table_name = 'package'
  ) AS affected HAVING count(*) > 0;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT CASE WHEN is_organization THEN 'organization' ELSE 'group' END, id, '{public}' FROM changed;
  IF FOUND THEN PERFORM pg_notify('portolan_outbox', ''); END IF;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_group_id()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note_group_ids(array_agg(group_id)) FROM changed HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_group_ids(ids text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT CASE WHEN is_organization THEN 'organization' ELSE 'group' END, id, '{public}'
    FROM public."group" WHERE id = ANY (ids);
  PERFORM pg_notify('portolan_outbox', '');
END $function$


CREATE OR REPLACE FUNCTION portolan.note_harvest_object()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE keys text[];
BEGIN
  SELECT portolan.not_yet_noted(array_agg(DISTINCT package_id)) INTO keys FROM changed WHERE package_id IS NOT NULL;
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_harvest_source()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(array_agg(o.package_id)) FROM harvest_object o JOIN changed s ON o.harvest_source_id = s.id
    WHERE o.current HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_job()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('portolan_job', '');
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_member()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE keys text[];
BEGIN
  SELECT portolan.not_yet_noted(array_agg(DISTINCT table_id)) INTO keys FROM changed WHERE table_name = 'package';
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  PERFORM portolan.note_group_ids(array_agg(group_id)) FROM changed WHERE table_name = 'group' HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(ARRAY[OLD.package_id]);
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_package()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.outbox (key) SELECT id FROM changed ORDER BY id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT 'dataset', id, portolan.dataset_labels(id, state, private, owner_org, creator_user_id) FROM changed;
  IF TG_OP = 'DELETE' THEN
    DELETE FROM portolan.deleted_dataset d USING changed c WHERE d.package_id = c.id;
  END IF;
  PERFORM pg_notify('portolan_outbox', '');
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_package_id()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE keys text[];
BEGIN
  SELECT array_agg(DISTINCT package_id) INTO keys FROM changed;
  -- Collaborators change who may see the dataset: a note before theirs does not know of them.
  IF TG_TABLE_NAME <> 'package_member' THEN keys := portolan.not_yet_noted(keys); END IF;
  IF keys IS NOT NULL THEN PERFORM portolan.note(keys); END IF;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_package_update()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.outbox (key) SELECT id FROM changed ORDER BY id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO portolan.change_note (kind, key, labels)
    SELECT 'dataset', c.id, portolan.dataset_labels(c.id, c.state, c.private, c.owner_org, c.creator_user_id)
      || portolan.dataset_labels(f.id, f.state, f.private, f.owner_org, f.creator_user_id)
    FROM changed c LEFT JOIN former f ON f.id = c.id;
  PERFORM pg_notify('portolan_outbox', '');
  IF EXISTS (SELECT FROM former f JOIN changed c ON c.id = f.id WHERE c.state IS DISTINCT FROM f.state) THEN
    INSERT INTO portolan.deleted_dataset (package_id, state, name, memberships, collaborators)
      SELECT f.id, coalesce(f.state, 'active'), f.name,
        ARRAY(SELECT m.id FROM member m
              WHERE m.table_name = 'package' AND m.table_id = f.id AND m.state = 'active'),
        (SELECT coalesce(jsonb_agg(to_jsonb(pm)), '[]') FROM package_member pm WHERE pm.package_id = f.id)
      FROM former f JOIN changed c ON c.id = f.id
      WHERE c.state = 'deleted' AND f.state IS DISTINCT FROM 'deleted'
      ON CONFLICT (package_id) DO UPDATE SET state = excluded.state, name = excluded.name,
        memberships = excluded.memberships, collaborators = excluded.collaborators;
    DELETE FROM portolan.deleted_dataset d USING changed c
      WHERE d.package_id = c.id AND c.state IS DISTINCT FROM 'deleted';
  END IF;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_relationship()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(array_agg(id)) FROM (
    SELECT subject_package_id AS id FROM changed UNION SELECT object_package_id FROM changed
  ) AS either HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_search_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.search_change (number) SELECT number FROM changed;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_search_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO portolan.search_change (below) VALUES (pg_current_xact_id());
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_search_mirror()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM portolan.search_mirror_index) THEN
    PERFORM portolan.mirror(array_agg(package_id)) FROM changed HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_search_mirror_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.mirror(array_agg(package_id)) FROM portolan.search_mirror HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_tag()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(array_agg(pt.package_id)) FROM package_tag pt JOIN changed t ON pt.tag_id = t.id HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.note_vocabulary()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM portolan.note(array_agg(pt.package_id)) FROM package_tag pt JOIN tag t ON pt.tag_id = t.id
    JOIN changed v ON t.vocabulary_id = v.id HAVING count(*) > 0;
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.own_content()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.content := portolan.harvest_content(NEW.id);
  DELETE FROM portolan.harvest_same_content WHERE object_id = NEW.id;
  RETURN NEW;
END $function$


CREATE OR REPLACE FUNCTION portolan.publish_harvest_source()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_TABLE_NAME = 'harvest_source' THEN
    IF coalesce(NEW.publisher_id, '') = '' THEN
      NEW.publisher_id := coalesce((SELECT owner_org FROM package WHERE id = NEW.id), '');
    END IF;
    RETURN NEW;
  END IF;
  UPDATE harvest_source s SET publisher_id = coalesce(NEW.owner_org, '')
  WHERE s.id = NEW.id AND s.publisher_id IN ('', coalesce(OLD.owner_org, ''))
    AND NOT EXISTS (SELECT FROM portolan.harvest_source_state t WHERE t.source_id = s.id AND t.publisher_given);
  RETURN NULL;
END $function$


CREATE OR REPLACE FUNCTION portolan.seal_audit()
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
DECLARE
  seal portolan.audit_seal;
  entry portolan.audit;
  sealed bigint := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('portolan.audit', 0)) THEN
    RETURN 0;
  END IF;
  IF NOT EXISTS (SELECT FROM portolan.audit_note) THEN
    RETURN 0;
  END IF;
  INSERT INTO portolan.audit_seal DEFAULT VALUES ON CONFLICT DO NOTHING;
  SELECT * INTO seal FROM portolan.audit_seal;
  FOR entry IN
    WITH taken AS (DELETE FROM portolan.audit_note RETURNING *)
    SELECT 0, at, via, action, outcome, user_id, user_name, token_id, address, request_id, concerns, parameters, ''
    FROM taken ORDER BY id
  LOOP
    seal.position := seal.position + 1;
    entry.position := seal.position;
    seal.hash := portolan.audit_hash(seal.hash, entry);
    entry.hash := seal.hash;
    INSERT INTO portolan.audit SELECT entry.*;
    sealed := sealed + 1;
  END LOOP;
  UPDATE portolan.audit_seal SET position = seal.position, hash = seal.hash;
  RETURN sealed;
END $function$


CREATE OR REPLACE FUNCTION portolan.search_lexeme(lexeme text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT ('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery
$function$


CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_posting AS d WHERE d.terms @@ query);
END $function$


CREATE OR REPLACE FUNCTION portolan.search_numbers(query tsquery, among integer[])
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, terms FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.terms @@ query);
END $function$


CREATE OR REPLACE FUNCTION portolan.search_occurrences(lexeme text, mark text, bits integer)
 RETURNS TABLE(amount double precision, numbers bytea)
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
  amount := 1;
  numbers := portolan.search_numbers(portolan.search_lexeme(lexeme));
  RETURN NEXT;
  IF numbers IS NULL THEN RETURN; END IF;
  FOR place IN 0 .. bits - 1 LOOP
    amount := 2 ^ place;
    numbers := portolan.search_numbers(portolan.search_lexeme(lexeme || mark || place));
    IF numbers IS NOT NULL THEN RETURN NEXT; END IF;
  END LOOP;
END $function$


CREATE OR REPLACE FUNCTION portolan.search_occurrences(lexeme text, mark text, bits integer, among integer[])
 RETURNS TABLE(amount double precision, numbers bytea)
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
  amount := 1;
  numbers := portolan.search_numbers(portolan.search_lexeme(lexeme), among);
  RETURN NEXT;
  IF numbers IS NULL THEN RETURN; END IF;
  FOR place IN 0 .. bits - 1 LOOP
    amount := 2 ^ place;
    numbers := portolan.search_numbers(portolan.search_lexeme(lexeme || mark || place), among);
    IF numbers IS NOT NULL THEN RETURN NEXT; END IF;
  END LOOP;
END $function$


CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[])
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '') FROM portolan.search_posting AS d WHERE d.exact && keys);
END $function$


CREATE OR REPLACE FUNCTION portolan.search_value_numbers(keys text[], among integer[])
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  RETURN (SELECT string_agg(int4send(d.number), '')
    FROM (SELECT number, exact FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
    WHERE d.exact && keys);
END $function$


CREATE OR REPLACE FUNCTION portolan.search_values(keys text[])
 RETURNS TABLE(number integer)
 LANGUAGE sql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
  SELECT d.number FROM portolan.search_posting AS d WHERE d.exact && keys
$function$


CREATE OR REPLACE FUNCTION portolan.search_values(keys text[], among integer[])
 RETURNS TABLE(number integer)
 LANGUAGE sql
 STABLE
 SET enable_seqscan TO 'off'
AS $function$
  SELECT d.number
  FROM (SELECT number, exact FROM portolan.search_posting WHERE number = ANY (among) OFFSET 0) AS d
  WHERE d.exact && keys
$function$


CREATE OR REPLACE FUNCTION portolan.sequence_changes()
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
DECLARE
  placed bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('portolan.change', 0)) THEN
    RETURN 0;
  END IF;
  -- A statement of its own: its snapshot is younger than the lock.
  WITH taken AS (
    DELETE FROM portolan.change_note RETURNING id, txid, kind, key, labels
  ), merged AS (
    SELECT max(max(t.id)) OVER (PARTITION BY t.txid) AS turn, max(t.id) AS last, t.kind, t.key,
      array_agg(DISTINCT label) FILTER (WHERE label IS NOT NULL) AS labels
    FROM taken t LEFT JOIN LATERAL unnest(t.labels) AS label ON true
    GROUP BY t.txid, t.kind, t.key
  )
  INSERT INTO portolan.change (kind, key, labels)
  SELECT m.kind, m.key, coalesce(m.labels,
    portolan.dataset_labels(p.id, p.state, p.private, p.owner_org, p.creator_user_id), '{}')
  FROM merged m LEFT JOIN package p ON m.kind = 'dataset' AND p.id = m.key
  ORDER BY m.turn, m.last;
  GET DIAGNOSTICS placed = ROW_COUNT;
  RETURN placed;
END $function$


CREATE OR REPLACE FUNCTION portolan.trim_audit(before timestamp without time zone)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
DECLARE
  edge portolan.audit;
  gone bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('portolan.audit', 0));
  SELECT * INTO edge FROM portolan.audit WHERE position < (
    SELECT coalesce(min(position), 9223372036854775807) FROM portolan.audit WHERE at >= before)
  ORDER BY position DESC LIMIT 1;
  IF edge.position IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM portolan.audit WHERE position <= edge.position;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE portolan.audit_seal SET trimmed_position = edge.position, trimmed_hash = edge.hash;
  INSERT INTO portolan.audit_note (via, action, outcome, concerns)
    VALUES ('portal', 'trim', 'done', ARRAY[edge.position::text, edge.hash]);
  RETURN gone;
END $function$
