// Made from the migrated database by `node bin/describe_database.ts` (hence its length); a test compares it.
import type { Generated } from 'kysely';

export interface Tables {
  activity: {
    id: string;
    timestamp: string | null;
    user_id: string | null;
    object_id: string | null;
    revision_id: string | null;
    activity_type: string | null;
    data: string | null;
    permission_labels: string[] | null;
  };
  activity_alembic_version: {
    version_num: string;
  };
  activity_detail: {
    id: string;
    activity_id: string | null;
    object_id: string | null;
    object_type: string | null;
    activity_type: string | null;
    data: string | null;
  };
  alembic_version: {
    version_num: string;
  };
  api_token: {
    id: string;
    name: string | null;
    user_id: string | null;
    created_at: Generated<string | null>;
    last_access: string | null;
    plugin_extras: unknown | null;
  };
  dashboard: {
    user_id: string;
    activity_stream_last_viewed: string;
    email_last_sent: Generated<string>;
  };
  group: {
    id: string;
    name: string;
    title: string | null;
    description: string | null;
    created: string | null;
    state: string | null;
    type: string;
    approval_status: string | null;
    image_url: string | null;
    is_organization: Generated<boolean | null>;
  };
  group_extra: {
    id: string;
    group_id: string | null;
    key: string | null;
    value: string | null;
    state: string | null;
  };
  group_extra_revision: {
    id: string;
    group_id: string | null;
    key: string | null;
    value: string | null;
    state: string | null;
    revision_id: string;
    continuity_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
  };
  group_revision: {
    id: string;
    name: string;
    title: string | null;
    description: string | null;
    created: Generated<string | null>;
    state: string | null;
    revision_id: string;
    continuity_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
    type: string;
    approval_status: string | null;
    image_url: string | null;
    is_organization: Generated<boolean | null>;
  };
  harvest_alembic_version: {
    version_num: string;
  };
  harvest_gather_error: {
    id: string;
    harvest_job_id: string | null;
    message: string | null;
    created: string | null;
  };
  harvest_job: {
    id: string;
    created: string | null;
    gather_started: string | null;
    gather_finished: string | null;
    finished: string | null;
    source_id: string | null;
    status: string;
  };
  harvest_log: {
    id: string;
    content: string;
    level: string | null;
    created: string | null;
  };
  harvest_object: {
    id: string;
    guid: string | null;
    current: boolean | null;
    gathered: string | null;
    fetch_started: string | null;
    content: string | null;
    fetch_finished: string | null;
    import_started: string | null;
    import_finished: string | null;
    state: string | null;
    metadata_modified_date: string | null;
    retry_times: number | null;
    harvest_job_id: string | null;
    harvest_source_id: string | null;
    package_id: string | null;
    report_status: string | null;
  };
  harvest_object_error: {
    id: string;
    harvest_object_id: string | null;
    message: string | null;
    stage: string | null;
    line: number | null;
    created: string | null;
  };
  harvest_object_extra: {
    id: string;
    harvest_object_id: string | null;
    key: string | null;
    value: string | null;
  };
  harvest_source: {
    id: string;
    url: string;
    title: string | null;
    description: string | null;
    config: string | null;
    created: string | null;
    type: string;
    active: boolean | null;
    user_id: string | null;
    publisher_id: string | null;
    frequency: string | null;
    next_run: string | null;
    name: string | null;
  };
  member: {
    id: string;
    group_id: string | null;
    table_id: string;
    state: string | null;
    table_name: string;
    capacity: string;
  };
  member_revision: {
    id: string;
    table_id: string;
    group_id: string | null;
    state: string | null;
    revision_id: string;
    continuity_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
    table_name: string;
    capacity: string;
  };
  package: {
    id: string;
    name: string;
    title: string | null;
    version: string | null;
    url: string | null;
    notes: string | null;
    author: string | null;
    author_email: string | null;
    maintainer: string | null;
    maintainer_email: string | null;
    state: string | null;
    license_id: string | null;
    type: string | null;
    owner_org: string | null;
    private: Generated<boolean | null>;
    metadata_modified: string | null;
    creator_user_id: string | null;
    metadata_created: string | null;
    plugin_data: unknown | null;
  };
  package_extra: {
    id: string;
    key: string | null;
    value: string | null;
    state: string | null;
    package_id: string | null;
  };
  package_extra_revision: {
    id: string;
    key: string | null;
    value: string | null;
    revision_id: string;
    state: string | null;
    package_id: string | null;
    continuity_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
  };
  package_member: {
    package_id: string;
    user_id: string;
    capacity: string;
    modified: string;
  };
  package_relationship: {
    id: string;
    subject_package_id: string | null;
    object_package_id: string | null;
    type: string | null;
    comment: string | null;
    state: string | null;
  };
  package_relationship_revision: {
    id: string;
    subject_package_id: string | null;
    object_package_id: string | null;
    type: string | null;
    comment: string | null;
    revision_id: string;
    continuity_id: string | null;
    state: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
  };
  package_revision: {
    id: string;
    name: string;
    title: string | null;
    version: string | null;
    url: string | null;
    notes: string | null;
    author: string | null;
    author_email: string | null;
    maintainer: string | null;
    maintainer_email: string | null;
    revision_id: string;
    state: string | null;
    continuity_id: string | null;
    license_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
    type: string | null;
    owner_org: string | null;
    private: Generated<boolean | null>;
    metadata_modified: string | null;
    creator_user_id: string | null;
    metadata_created: string | null;
  };
  package_tag: {
    id: string;
    state: string | null;
    package_id: string | null;
    tag_id: string | null;
  };
  package_tag_revision: {
    id: string;
    revision_id: string;
    state: string | null;
    package_id: string | null;
    tag_id: string | null;
    continuity_id: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
  };
  resource: {
    id: string;
    url: string;
    format: string | null;
    description: string | null;
    position: number | null;
    hash: string | null;
    state: string | null;
    extras: string | null;
    name: string | null;
    resource_type: string | null;
    mimetype: string | null;
    mimetype_inner: string | null;
    size: number | null;
    last_modified: string | null;
    cache_url: string | null;
    cache_last_updated: string | null;
    created: string | null;
    url_type: string | null;
    package_id: Generated<string>;
    metadata_modified: string | null;
  };
  resource_revision: {
    id: string;
    url: string;
    format: string | null;
    description: string | null;
    position: number | null;
    revision_id: string;
    hash: string | null;
    state: string | null;
    continuity_id: string | null;
    extras: string | null;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
    name: string | null;
    resource_type: string | null;
    mimetype: string | null;
    mimetype_inner: string | null;
    size: number | null;
    last_modified: string | null;
    cache_url: string | null;
    cache_last_updated: string | null;
    webstore_url: string | null;
    webstore_last_updated: string | null;
    created: string | null;
    url_type: string | null;
    package_id: Generated<string>;
  };
  resource_view: {
    id: string;
    resource_id: string | null;
    title: string | null;
    description: string | null;
    view_type: string;
    order: number;
    config: string | null;
  };
  revision: {
    id: string;
    timestamp: string | null;
    author: string | null;
    message: string | null;
    state: string | null;
    approved_timestamp: string | null;
  };
  system_info: {
    id: Generated<number>;
    key: string;
    value: string | null;
    state: Generated<string>;
  };
  system_info_revision: {
    id: number;
    key: string;
    value: string | null;
    revision_id: string;
    continuity_id: number | null;
    state: Generated<string>;
    expired_id: string | null;
    revision_timestamp: string | null;
    expired_timestamp: string | null;
    current: boolean | null;
  };
  tag: {
    id: string;
    name: string;
    vocabulary_id: string | null;
  };
  task_status: {
    id: string;
    entity_id: string;
    entity_type: string;
    task_type: string;
    key: string;
    value: string;
    state: string | null;
    error: string | null;
    last_updated: string | null;
  };
  term_translation: {
    term: string;
    term_translation: string;
    lang_code: string;
  };
  tracking_raw: {
    user_key: string;
    url: string;
    tracking_type: string;
    access_timestamp: Generated<string | null>;
  };
  tracking_summary: {
    url: string;
    package_id: string | null;
    tracking_type: string;
    count: number;
    running_total: Generated<number>;
    recent_views: Generated<number>;
    tracking_date: Date | null;
  };
  user: {
    id: string;
    name: string;
    apikey: string | null;
    created: string | null;
    about: string | null;
    password: string | null;
    fullname: string | null;
    email: string | null;
    reset_key: string | null;
    sysadmin: Generated<boolean | null>;
    activity_streams_email_notifications: Generated<boolean | null>;
    state: Generated<string>;
    plugin_extras: unknown | null;
    image_url: string | null;
    last_active: string | null;
  };
  user_following_dataset: {
    follower_id: string;
    object_id: string;
    datetime: string;
  };
  user_following_group: {
    follower_id: string;
    object_id: string;
    datetime: string;
  };
  user_following_user: {
    follower_id: string;
    object_id: string;
    datetime: string;
  };
  vocabulary: {
    id: string;
    name: string;
  };
  'portolan.adoption': {
    step: string;
    done: Generated<Date>;
    report: Generated<unknown>;
  };
  'portolan.adoption_row': {
    id: Generated<number>;
    step: string;
    table: string;
    before: unknown;
  };
  'portolan.audit': {
    position: number;
    at: string;
    via: string;
    action: string;
    outcome: string;
    user_id: string | null;
    user_name: string | null;
    token_id: string | null;
    address: string | null;
    request_id: string | null;
    concerns: string[];
    parameters: string | null;
    hash: string;
  };
  'portolan.audit_note': {
    id: Generated<number>;
    at: Generated<string>;
    via: string;
    action: string;
    outcome: string;
    user_id: string | null;
    user_name: string | null;
    token_id: string | null;
    address: string | null;
    request_id: string | null;
    concerns: Generated<string[]>;
    parameters: string | null;
  };
  'portolan.audit_seal': {
    singleton: Generated<boolean>;
    position: Generated<number>;
    hash: Generated<string>;
    trimmed_position: Generated<number>;
    trimmed_hash: Generated<string>;
  };
  'portolan.change': {
    position: Generated<number>;
    sequenced: Generated<string>;
    kind: string;
    key: string;
    labels: Generated<string[]>;
  };
  'portolan.change_note': {
    id: Generated<number>;
    txid: Generated<unknown>;
    kind: string;
    key: string;
    labels: string[] | null;
  };
  'portolan.control': {
    singleton: Generated<boolean>;
    epoch: Generated<number>;
    read_only: Generated<boolean>;
    reason: Generated<string>;
    settings: Generated<unknown>;
    changed: Generated<Date>;
    reopened: Date | null;
  };
  'portolan.dataset_document': {
    package_id: string;
    form: string;
    document: string;
    labels: string[];
    etag: string | null;
    rows_hash: number | null;
    index_checksum: string | null;
    entry_form: string | null;
  };
  'portolan.deleted_dataset': {
    package_id: string;
    state: string;
    name: string;
    memberships: string[];
    collaborators: unknown;
  };
  'portolan.fetch_host': {
    host: string;
    next_start: Date;
    failures: Generated<number>;
    open_until: Date | null;
    trial_until: Date | null;
    requests: Generated<number>;
    failed_requests: Generated<number>;
    answer_ms: Generated<number>;
    wanted_until: Date | null;
  };
  'portolan.fetch_turn': {
    id: string;
    host: string;
    until: Date;
  };
  'portolan.harvest_base': {
    package_id: string;
    object_id: string;
    fields: unknown;
  };
  'portolan.harvest_document': {
    source_id: string;
    url: string;
    guid: string;
    content_hash: string;
    etag: string | null;
    last_modified: string | null;
    made_for: string;
  };
  'portolan.harvest_feed_finding': {
    job_id: string;
    position: number;
    kind: string;
    record: string;
    other_source_id: string | null;
  };
  'portolan.harvest_held_deletion': {
    source_id: string;
    guid: string;
    job_id: string;
    package_id: string;
    created: string;
  };
  'portolan.harvest_job_state': {
    job_id: string;
    kind: Generated<string>;
    gather_token: string | null;
    gather_cursor: unknown | null;
    gather_complete: Generated<boolean>;
    cancel_requested: string | null;
    heartbeat: string | null;
    error_free: boolean | null;
    held_deletions: Generated<number>;
    paused: string | null;
    resumed: string | null;
    told: string | null;
    gather_position: Generated<number>;
    gather_reached: Generated<number>;
    duplicates: Generated<number>;
    unidentified: Generated<number>;
    elsewhere: Generated<number>;
    requests: Generated<number>;
    failed_requests: Generated<number>;
    answer_ms: Generated<number>;
    slowest_ms: Generated<number>;
    resting_until: string | null;
    rests: Generated<number>;
    listing_unchanged: Generated<boolean>;
    lane: string | null;
    records: number | null;
    failed_records: number | null;
    when_read: unknown | null;
  };
  'portolan.harvest_listing': {
    job_id: string;
    url: string;
    position: number;
    etag: string | null;
    last_modified: string | null;
    missing: Generated<boolean>;
    made_for: string;
  };
  'portolan.harvest_minute': {
    minute: Date;
    records: number;
  };
  'portolan.harvest_object_state': {
    object_id: string;
    content_hash: string | null;
    remote_modified: string | null;
    reason: string | null;
    planned: string | null;
  };
  'portolan.harvest_overlay': {
    package_id: string;
    field: string;
    value: unknown | null;
    source_value: unknown | null;
    noticed: string;
    source_changed: string | null;
    job_id: string | null;
  };
  'portolan.harvest_preview': {
    id: string;
    source_id: string;
    state: Generated<string>;
    record_limit: number;
    created: string;
    started: string | null;
    finished: string | null;
    gather_cursor: unknown | null;
    delete_missing: Generated<boolean>;
    when_read: unknown | null;
    summary: unknown | null;
    detail_size: Generated<number>;
    error: string | null;
  };
  'portolan.harvest_preview_record': {
    preview_id: string;
    position: number;
    guid: string;
    listed_as: string | null;
    action: string;
    detail: unknown | null;
  };
  'portolan.harvest_same_content': {
    object_id: string;
    holder_id: string | null;
  };
  'portolan.harvest_source_state': {
    source_id: string;
    frozen: Generated<boolean>;
    frozen_reason: string | null;
    health: string | null;
    health_since: string | null;
    mailed: string | null;
    mailed_errors: string | null;
    unfrozen: string | null;
    publisher_given: Generated<boolean>;
  };
  'portolan.harvest_work': {
    object_id: string;
    job_id: string;
    position: Generated<number>;
    action: string | null;
    claimed_by: string | null;
    heartbeat: string | null;
    listed: number | null;
  };
  'portolan.index_reconciliation': {
    singleton: Generated<boolean>;
    finished: Date | null;
    datasets: Generated<number>;
    different: Generated<number>;
    healed: Generated<number>;
  };
  'portolan.job': {
    id: Generated<number>;
    queue: string;
    name: string;
    key: string;
    idempotency: string | null;
    state: Generated<string>;
    attempts: Generated<number>;
    max_attempts: number;
    run_after: Generated<Date>;
    enqueued_at: Date | null;
    enqueues: Generated<number>;
    lease_token: string | null;
    lease_until: Date | null;
    abort_requested: Generated<boolean>;
    worker: string | null;
    created: Generated<Date>;
    started: Date | null;
    finished: Date | null;
    error: string | null;
  };
  'portolan.job_log': {
    id: Generated<number>;
    job_id: number;
    at: Generated<Date>;
    level: string;
    message: string;
    data: unknown | null;
  };
  'portolan.migration': {
    number: number;
    name: string;
    checksum: string;
    applied: Generated<Date>;
  };
  'portolan.outbox': {
    id: Generated<number>;
    key: string;
    txid: Generated<unknown>;
    created: Generated<Date>;
  };
  'portolan.process': {
    id: string;
    service: string;
    host: string;
    pid: number;
    backend: number;
    backend_start: Date;
    epoch: number;
    started: Generated<Date>;
  };
  'portolan.reset_key': {
    user_id: string;
    key: string;
    issued: Generated<Date>;
    expires: Date | null;
  };
  'portolan.resource_file': {
    resource_id: string;
    key: string;
    filename: string;
    size: number;
    sha256: string;
    uploaded: string;
  };
  'portolan.search_change': {
    number: number | null;
    txid: Generated<unknown>;
    below: unknown | null;
    created: Generated<Date>;
  };
  'portolan.search_document': {
    package_id: string;
    number: Generated<number>;
    name: string | null;
    title_string: string | null;
    organization: string | null;
    owner_org: string | null;
    license_id: string | null;
    dataset_type: string | null;
    state: string | null;
    capacity: string | null;
    metadata_created: number | null;
    metadata_modified: number | null;
    tags: string[];
    groups: string[];
    res_format: string[];
    labels: string[];
    minx: number | null;
    miny: number | null;
    maxx: number | null;
    maxy: number | null;
    lengths: unknown;
    totals: unknown;
    numbers: unknown;
    fields: unknown;
    length_title: number | null;
    length_notes: number | null;
    length_text: number | null;
  };
  'portolan.search_mirror': {
    package_id: string;
    version: number;
    since: Date | null;
  };
  'portolan.search_mirror_index': {
    name: string;
    number: Generated<number>;
    mapping: string;
    state: string;
    copied_to: Generated<string | null>;
    copied: Generated<number>;
    created: Generated<Date>;
    compared: Date | null;
    different: Generated<number>;
    healed: Generated<number>;
  };
  'portolan.search_posting': {
    number: number;
    terms: string;
    exact: string[];
  };
  'portolan.search_statistic': {
    id: Generated<number>;
    field: string;
    documents: number;
    tokens: number;
  };
  'portolan.search_term': {
    field: string;
    term: string;
  };
}
