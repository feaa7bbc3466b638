import { readFileSync } from 'node:fs';
import { dispatch, findAction } from '@portolan/catalogue';
import { type Db, describeSchema, openDatabase, readMigrations } from '@portolan/db';
import { silentLogger } from '@portolan/kernel';
import { openSite } from '@portolan/site';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { atEndOfFile } from '../../test/harness/end_of_file.ts';
import { adoptDatabase } from './adopt.ts';
import { planAdoption } from './plan.ts';
import { undoAdoption } from './undo.ts';

const pbkdf2 = '$pbkdf2-sha512$25000$c2FsdHNhbHRzYWx0c2FsdA$';
const bcrypt = '$2b$04$/Yjpr/mp9.BJQG4Og9as8.PcFXopKC8/9UK421vIiIQU/DGIglkCm';

/** What makes the form of 2.11 that of 2.10. */
const older = `
  ALTER TABLE resource DROP CONSTRAINT resource_package_id_fkey;
  ALTER TABLE resource ADD COLUMN webstore_url text, ADD COLUMN webstore_last_updated timestamp;
  ALTER TABLE activity DROP COLUMN permission_labels;
  DROP TABLE activity_alembic_version;
  UPDATE alembic_version SET version_num = '9f33a0280c51';`;

/** What years leave behind, and what has to stay. */
const rows = `
  INSERT INTO "user" (id, name, email, password, state, sysadmin) VALUES
    ('u1', 'ada', 'ada@people.test', '${pbkdf2}', 'active', true),
    ('u2', 'bob', 'ADA@people.test', '${bcrypt}', 'active', false);
  INSERT INTO api_token (id, name, user_id) VALUES ('t1', 'laptop', 'u1');
  INSERT INTO "group" (id, name, title, type, state, is_organization) VALUES
    ('o1', 'tea', 'Ministry of Tea', 'organization', NULL, true),
    ('o2', 'gone', 'Gone', 'organization', 'deleted', true);
  INSERT INTO package (id, name, title, state, type, owner_org, private, metadata_created, metadata_modified) VALUES
    ('p1', 'leaves', 'Leaves', NULL, 'dataset', 'o1', false, '2020-01-01', '2020-01-02'),
    ('p2', 'lost', 'Lost', 'active', 'dataset', 'nowhere', false, '2020-01-01', '2020-01-02'),
    ('p3', 'old', 'Old', 'active', 'dataset', 'o2', false, '2020-01-01', '2020-01-02'),
    ('s1', 'source', 'Source', 'active', 'harvest', 'o1', false, '2020-01-01', '2020-01-02');
  INSERT INTO resource (id, url, package_id, state, position) VALUES
    ('r1', 'http://x.test', 'p1', NULL, 0), ('r2', 'http://y.test', 'nothing', 'active', 0);
  INSERT INTO package_extra (id, key, value, state, package_id) VALUES
    ('e1', 'k', 'first', 'active', 'p1'), ('e2', 'k', 'last', 'active', 'p1');
  INSERT INTO tag (id, name) VALUES ('g1', 'green'), ('g2', 'green');
  INSERT INTO package_tag (id, package_id, tag_id, state) VALUES ('l1', 'p1', 'g2', 'active');
  INSERT INTO member (id, group_id, table_id, table_name, capacity, state) VALUES
    ('m1', 'o1', 'nobody', 'user', 'admin', 'active'), ('m2', 'o1', 'u2', 'user', 'editor', 'active');
  INSERT INTO activity (id, timestamp, user_id, object_id, activity_type, data) VALUES
    ('a1', '2020-01-02', 'u1', 'p1', 'new package', '{"package": {"id": "p1"}}');
  INSERT INTO harvest_source (id, url, type, active) VALUES ('s1', 'http://s.test', 'ckan', true);
  INSERT INTO harvest_job (id, source_id, status, created) VALUES ('j1', 's1', 'Running', '2020-01-01');
  INSERT INTO harvest_object (id, guid, current, harvest_source_id, harvest_job_id, package_id, import_finished) VALUES
    ('h1', 'g', true, 's1', 'j1', 'p1', '2020-01-01'), ('h2', 'g', true, 's1', 'j1', 'p1', '2020-01-02');`;

/** A database as CKAN leaves it. */
async function ckanDatabase(name: string, ...statements: string[]): Promise<{ url: string; db: Db }> {
  const server = inject('postgresUrl');
  const address = new URL(server);
  address.pathname = `/${name}`;
  const on = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await on(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  for (const text of statements) await on(address.href, text);
  const db = openDatabase({ url: address.href, application: 'ckan-cli', poolSize: 4, logger: silentLogger });
  atEndOfFile(async () => {
    await db.close();
    await on(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { url: address.href, db };
}

const adopt = (url: string, db: Db) => {
  const env = { DATABASE_URL: url, SECRET_KEY: 'of-the-tests' };
  return adoptDatabase(
    db,
    { databaseUrl: url, redisUrl: undefined } as Parameters<typeof adoptDatabase>[1],
    () => openSite({ service: 'cli', env, logger: silentLogger }),
    silentLogger,
    () => {},
  );
};

const first = readMigrations()[0]!.sql;

describe('a database of CKAN 2.10', () => {
  let url: string;
  let db: Db;
  let before: string;

  beforeAll(async () => {
    ({ url, db } = await ckanDatabase('adopt_210', first, older, rows));
    before = await describeSchema(db);
  });

  it('is looked at without being touched', async () => {
    const plan = await planAdoption(db);
    expect(plan.survey).toMatchObject({ kind: 'ckan', datasets: 4, mayChange: true });
    expect(plan.refusals).toEqual([]);
    expect(plan.additions.tables).toEqual(['activity_alembic_version']);
    expect(plan.additions.columns.map(({ table, column }) => `${table}.${column}`)).toEqual([
      'activity.permission_labels',
    ]);
    expect(plan.cleanups.map(({ step, rows: count }) => [step, count])).toEqual([
      ['resource_orphans', 1],
      ['member_orphans', 1],
      ['package_states', 1],
      ['resource_states', 1],
      ['group_states', 1],
      ['package_extra_doubles', 1],
      ['tag_doubles_links', 1],
      ['tag_doubles', 1],
      ['owner_missing', 1],
      ['owner_deleted', 1],
      ['owner_mirror', 4],
      ['harvest_current_doubles', 1],
      ['harvest_jobs_running', 1],
      ['emails_shared', 2],
    ]);
    expect(await describeSchema(db)).toBe(before);
  });

  it('has every table, column, index and trigger of a new portal afterwards', async () => {
    const { indexed } = await adopt(url, db);
    expect(indexed).toBe(4);
    const after = new Set((await describeSchema(db)).split('\n'));
    const wanted = readFileSync('migrations/schema.sql', 'utf8').split('\n');
    const constraint =
      'public.resource CONSTRAINT resource_package_id_fkey FOREIGN KEY (package_id) REFERENCES package(id)';
    expect(wanted.filter((line) => line !== '' && line !== constraint && !after.has(line))).toEqual([]);
  });

  it('has lost nothing of its people', async () => {
    const users = await db.rows<{ name: string; password: string }>(
      'SELECT name, password FROM "user" ORDER BY id LIMIT 2',
    );
    expect(users.map(({ password }) => password)).toEqual([pbkdf2, bcrypt]);
    expect(await db.rows(`SELECT FROM api_token WHERE id = 't1'`)).toHaveLength(1);
    expect(await db.rows(`SELECT FROM activity WHERE id = 'a1'`)).toHaveLength(1);
  });

  it('answers what CKAN answered', async () => {
    const opened = await openSite({
      service: 'cli',
      env: { DATABASE_URL: url, SECRET_KEY: 'x' },
      logger: silentLogger,
    });
    const show = await dispatch(
      opened.site,
      findAction('package_show')!,
      { user: undefined },
      { id: 'leaves' },
    );
    const dataset = JSON.parse((show as { text: string }).text);
    expect(dataset).toMatchObject({
      state: 'active',
      organization: { name: 'tea' },
      num_resources: 1,
      tags: [{ name: 'green', id: 'g1' }],
    });
    expect(dataset.extras).toContainEqual({ key: 'k', value: 'last' });
    expect(dataset.extras).toContainEqual({ key: 'harvest_object_id', value: 'h2' });
    const found = await dispatch(
      opened.site,
      findAction('package_search')!,
      { user: undefined },
      { q: 'leaves' },
    );
    expect(JSON.parse((found as { text: string }).text).count).toBe(1);
    await opened.close();
  });

  it('keeps every row that was changed as it was', async () => {
    const kept = await db.rows<{ step: string; before: Record<string, unknown> }>(
      'SELECT step, before FROM portolan.adoption_row ORDER BY id',
    );
    expect(kept.find(({ step }) => step === 'resource_orphans')?.before).toMatchObject({
      id: 'r2',
      url: 'http://y.test',
    });
    expect(kept.find(({ step }) => step === 'package_extra_doubles')?.before).toMatchObject({
      value: 'first',
    });
    expect(kept.find(({ step }) => step === 'owner_missing')?.before).toMatchObject({ owner_org: 'nowhere' });
  });

  it('is left alone when it is adopted already', async () => {
    expect((await planAdoption(db)).survey.kind).toBe('adopted');
  });

  it('is CKAN’s again when that is undone, with the texts that records shared', async () => {
    await db.rows(`UPDATE harvest_object SET content = 'shared' WHERE id = 'h2'`);
    await db.rows(
      `INSERT INTO harvest_object (id, guid, harvest_job_id, harvest_source_id)
       SELECT 'shares', guid, harvest_job_id, harvest_source_id FROM harvest_object WHERE id = 'h2'`,
    );
    await db.rows(`INSERT INTO portolan.harvest_same_content (object_id, holder_id) VALUES ('shares', 'h2')`);
    const kept = await undoAdoption(db);
    expect(await db.rows(`SELECT content FROM harvest_object WHERE id = 'shares'`)).toEqual([
      { content: 'shared' },
    ]);
    expect(kept.length).toBeGreaterThan(0);
    expect(await describeSchema(db)).toBe(before);
    expect((await planAdoption(db)).survey.kind).toBe('ckan');
  });
});

describe('an adoption that breaks off', () => {
  it('goes on where it was, and is undone as a whole', async () => {
    const { url, db } = await ckanDatabase('adopt_crash', first, older, rows);
    const before = await describeSchema(db);
    // A name of ours that is taken: the migrations fail after the clean-up.
    await db.rows('CREATE INDEX portolan_owner_org ON package (owner_org)');
    await expect(adopt(url, db)).rejects.toThrow(/portolan_owner_org/);
    await db.rows('DROP INDEX portolan_owner_org');
    expect((await planAdoption(db)).survey.kind).toBe('ckan');
    await adopt(url, db);
    expect((await planAdoption(db)).survey.kind).toBe('adopted');
    await undoAdoption(db);
    expect(await describeSchema(db)).toBe(before);
  });
});

describe('refused is', () => {
  it.each([
    ['an empty database', 'adopt_empty', [], /empty/],
    ['somebody else’s', 'adopt_other', ['CREATE TABLE cats (id text)'], /none of CKAN’s/],
    [
      'a version that is not known',
      'adopt_new',
      [first, `UPDATE alembic_version SET version_num = 'abc'`],
      /alembic_version is at abc/,
    ],
  ])('%s', async (_what, name, statements, message) => {
    const { db } = await ckanDatabase(name, ...statements);
    expect((await planAdoption(db)).refusals.join()).toMatch(message);
  });
});
