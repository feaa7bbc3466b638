// node test/bench/catalogue/fill.ts [COUNT]: puts generated datasets into the database of DATABASE_URL, past the
// triggers, so that the index knows nothing of them: `portolan search-index rebuild` is the next step.
import pg from 'pg';
import {
  datasetOf,
  organizationCount,
  organizationId,
  organizationName,
  tagCount,
  tagId,
  tagName,
} from './dataset.ts';

const count = Number(process.argv[2] ?? 100_000);
const batch = 1000;
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
await client.query('SET session_replication_role = replica; SET synchronous_commit = off');

const put = (table: string, columns: string, rows: object[]) =>
  client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );

const state = 'active';
const upTo = (most: number) => Array.from({ length: most }, (_, number) => number);
await put(
  '"group"',
  'id, name, title, state, type, approval_status, is_organization, created',
  upTo(organizationCount).map((number) => ({
    id: organizationId(number),
    name: organizationName(number),
    title: `Council ${organizationName(number)}`,
    state,
    type: 'organization',
    approval_status: 'approved',
    is_organization: true,
    created: '2010-01-01',
  })),
);
await put(
  'tag',
  'id, name',
  upTo(tagCount).map((number) => ({ id: tagId(number), name: tagName(number) })),
);

const began = performance.now();
for (let from = 0; from < count; from += batch) {
  const datasets = upTo(Math.min(batch, count - from)).map((place) => datasetOf(from + place));
  await client.query('BEGIN');
  await put(
    'package',
    'id, name, title, notes, state, license_id, type, owner_org, private, metadata_modified, metadata_created',
    datasets.map((one) => ({
      ...one,
      state,
      type: 'dataset',
      metadata_modified: one.modified,
      metadata_created: one.created,
    })),
  );
  await put(
    'package_tag',
    'id, state, package_id, tag_id',
    datasets.flatMap(({ id, tags }) =>
      tags.map((tag) => ({ id: `${id}-${tag}`, state, package_id: id, tag_id: tagId(tag) })),
    ),
  );
  await put(
    'package_extra',
    'id, key, value, state, package_id',
    datasets.flatMap(({ id, extras }) =>
      extras.map(([key, value]) => ({ id: `${id}-${key}`, key, value, state, package_id: id })),
    ),
  );
  await put(
    'resource',
    'id, url, format, description, "position", state, extras, name, created, package_id',
    datasets.flatMap(({ id, created, resources }) =>
      resources.map((one, position) => ({ ...one, position, state, extras: '{}', created, package_id: id })),
    ),
  );
  await client.query('COMMIT');
}
await client.query('ANALYZE');
await client.end();
const seconds = (performance.now() - began) / 1000;
console.log(`${count} datasets in ${seconds.toFixed(0)} s`);
