// node test/bench/catalogue/multiply.ts [TIMES]: makes an indexed catalogue in DATABASE_URL so many times as large (10),
// by copying documents, entries and their terms under other ids and names; CKAN's own tables stay as they are. What it
// takes is PostgreSQL's work alone, so that a million datasets are there within an hour. The copies have the terms of the
// datasets that they are made of: a real catalogue of that size has more terms that are in one dataset only.
import pg from 'pg';

const times = Number(process.argv[2] ?? 10);
const batch = 20_000;
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(0);

const connect = async () => {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  await client.query(
    `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'`,
  );
  return client;
};
const client = await connect();
const single = async <Row>(text: string) => (await client.query(text)).rows[0] as Row;

/** Built in one go afterwards, which costs the same and writes less. */
const indexes = (
  await client.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made
     FROM pg_index WHERE indrelid = 'portolan.search_posting'::regclass AND NOT indisprimary`,
  )
).rows;
for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);

const copied = `
  original AS (
    SELECT d.*, md5(package_id || $1::text)::uuid::text AS copy_id, name || '-' || $1::text AS copy_name,
      nextval('portolan.search_document_number_seq')::integer AS copy_number
    FROM portolan.search_document AS d WHERE number > $2::integer AND number <= $3::integer),
  documents AS (
    INSERT INTO portolan.dataset_document
    SELECT (jsonb_populate_record(x, jsonb_build_object('package_id', copy_id, 'document',
      replace(replace(x.document, o.package_id, copy_id), '"' || o.name || '"', '"' || copy_name || '"')))).*
    FROM original AS o JOIN portolan.dataset_document AS x USING (package_id)),
  postings AS (
    INSERT INTO portolan.search_posting (number, terms, exact)
    SELECT copy_number, terms, replace(replace(exact::text, o.package_id, copy_id), o.name, copy_name)::text[]
    FROM original AS o JOIN portolan.search_posting AS p USING (number))`;

const columns = (
  await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'portolan.search_document'::regclass
     AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('package_id', 'number', 'name', 'fields')`,
  )
).rows.map(({ name }) => `"${name}"`);

const { last } = await single<{ last: number }>('SELECT max(number) AS last FROM portolan.search_document');
for (let copy = 1; copy < times; copy++) {
  for (let from = 0; from < last; from += batch)
    await client.query(
      `WITH ${copied}
       INSERT INTO portolan.search_document (package_id, number, name, fields, ${columns.join(', ')})
       OVERRIDING SYSTEM VALUE
       SELECT copy_id, copy_number, copy_name,
         replace(replace(fields::text, package_id, copy_id), '"' || name || '"', '"' || copy_name || '"')::jsonb,
         ${columns.join(', ')}
       FROM original`,
      [copy, from, Math.min(from + batch, last)],
    );
  console.log(`copy ${copy} after ${seconds()} s`);
}
await client.query(
  `INSERT INTO portolan.search_statistic (field, documents, tokens)
   SELECT field, sum(documents) * $1::integer, sum(tokens) * $1::integer FROM portolan.search_statistic GROUP BY field`,
  [times - 1],
);
await Promise.all(
  indexes.map(async ({ name, made }) => {
    const own = await connect();
    await own.query(made);
    console.log(`${name} after ${seconds()} s`);
    await own.end();
  }),
);
await client.query(
  'VACUUM ANALYZE portolan.search_document, portolan.search_posting, portolan.dataset_document',
);
const { size } = await single<{ size: string }>(`
  SELECT string_agg(format('%s %s MB', name, pg_total_relation_size(name::regclass) / 1024 ^ 2), ', ') AS size
  FROM unnest(ARRAY['portolan.search_document', 'portolan.search_posting', 'portolan.dataset_document']) AS t(name)`);
console.log(`${times} times as large after ${seconds()} s: ${size}`);
await client.end();
