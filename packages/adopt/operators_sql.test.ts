import { catchUpOldest } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';

let portal: TestSite;
let organization: string;

beforeAll(async () => {
  portal = await testSite();
  organization = ((await portal.must('organization_create', { name: 'tea' })) as { id: string }).id;
});

/** A dataset with a harvest source and a finished harvest behind it. */
async function harvested(name: string): Promise<Record<'dataset' | 'resource' | 'source', string>> {
  const dataset = (await portal.must('package_create', {
    name,
    owner_org: 'tea',
    tags: [{ name: `tag-${name}` }],
    resources: [{ url: ` http://${name}.test/A.csv` }],
    extras: [{ key: 'harvest_object_id', value: `object-${name}` }],
  })) as { text?: string; id: string };
  const shown = JSON.parse(
    ((await portal.must('package_show', { id: dataset.id ?? name })) as { text: string }).text,
  ) as { id: string; resources: { id: string }[] };
  const source = (
    await portal.site.db.rows<{ id: string }>(
      `WITH source AS (
        INSERT INTO harvest_source (id, url, type, active, publisher_id, name)
        VALUES ('source-' || $1, 'http://s.test', 'ckan', true, $2, 'source-of-' || $1) RETURNING id
      ), job AS (
        INSERT INTO harvest_job (id, created, gather_started, source_id, status)
        SELECT 'job-' || $1, now(), now(), id, 'Running' FROM source RETURNING id
      ), object AS (
        INSERT INTO harvest_object
          (id, guid, current, gathered, harvest_job_id, harvest_source_id, package_id, report_status)
        SELECT 'object-' || $1, $1, true, now() - interval '3 days', job.id, source.id, $3, 'added'
        FROM job, source
      )
      SELECT id FROM source`,
      [name, organization, shown.id],
    )
  )[0]!.id;
  return { dataset: shown.id, resource: shown.resources[0]!.id, source };
}

type Harvested = Awaited<ReturnType<typeof harvested>>;

async function search(query: Record<string, string>): Promise<string[]> {
  const answer = await portal.must('package_search', { rows: 100, ...query });
  const text = (answer as { text?: string }).text;
  const { results } = (text === undefined ? answer : JSON.parse(text)) as { results: { name: string }[] };
  return results.map(({ name }) => name);
}

const settle = async () => {
  for (let settled = 1; settled > 0; ) settled = await catchUpOldest(portal.site, 100);
};

const reads: [what: string, statement: (of: Harvested) => string, rows: number][] = [
  ['an account by its name', () => `SELECT * from "user" where name = 'admin' limit 1;`, 1],
  [
    'the datasets of an organisation with their resources',
    () => `SELECT package.name, package.title, package.url, package.state,
      COUNT(resource.package_id) as num_resources FROM package
      LEFT JOIN resource ON (resource.package_id = package.id)
      WHERE package.owner_org='${organization}' GROUP BY package.id`,
    1,
  ],
  ['a source by its name', () => `SELECT id FROM harvest_source WHERE name = 'source-of-read'`, 1],
  [
    'the connections that a role may have',
    () => 'SELECT rolname, rolconnlimit FROM pg_roles WHERE rolname = current_user',
    1,
  ],
  [
    'sources by their publisher',
    () => 'SELECT * FROM harvest_source JOIN "group" ON harvest_source.publisher_id = "group".id',
    1,
  ],
  [
    'datasets by their harvest object',
    () => `SELECT package.id FROM package
      JOIN package_extra ON package_extra.package_id = package.id AND package_extra.key='harvest_object_id'
      JOIN harvest_object ON harvest_object.id = package_extra.value
      WHERE harvest_object.report_status='added'
        AND DATE_PART('Day', now() - harvest_object.gathered::timestamptz) >= 2`,
    1,
  ],
];

describe('operators read by SQL', () => {
  let read: Harvested;
  beforeAll(async () => {
    read = await harvested('read');
  });
  it.each(reads)('%s', async (_, statement, rows) => {
    expect(await portal.site.db.rows(statement(read))).toHaveLength(rows);
  });

  it('their own connections, and end them', async () => {
    const signalled = await portal.site.db.rows(
      `SELECT pg_cancel_backend(pid), pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = 'ckan_production' AND application_name = 'ckan-web'`,
    );
    expect(signalled).toEqual([]);
  });
});

const writes: [what: string, name: string, (of: Harvested) => string[], before: object, after: string[]][] = [
  [
    'delete what an organisation has not touched',
    'stale',
    ({ dataset }) => [
      `update package set state='deleted' where owner_org='${organization}' and state='active'
        and metadata_modified < '2100-01-01' and id='${dataset}'`,
    ],
    { fq: 'name:stale' },
    [],
  ],
  [
    'delete a broken link',
    'broken',
    ({ dataset, resource }) => [
      `UPDATE resource SET state='deleted' WHERE id='${resource}'
        AND LOWER(TRIM(url))='http://broken.test/a.csv' AND state='active'`,
      `UPDATE package SET metadata_modified = NOW() WHERE id='${dataset}'`,
    ],
    { fq: 'name:broken AND res_url:*' },
    [],
  ],
  [
    'delete a tag',
    'tagged',
    () => [
      `DELETE FROM package_tag_revision WHERE tag_id IN (SELECT id FROM tag WHERE name='tag-tagged')`,
      `DELETE FROM package_tag WHERE tag_id IN (SELECT id FROM tag WHERE name='tag-tagged')`,
      `DELETE FROM tag WHERE name='tag-tagged'`,
    ],
    { fq: 'tags:tag-tagged' },
    [],
  ],
];

describe('what operators write by SQL reaches the index:', () => {
  it.each(writes)('%s', async (_, name, statements, query, after) => {
    const of = await harvested(name);
    await settle();
    expect(await search(query as Record<string, string>)).toEqual([name]);
    for (const statement of statements(of)) await portal.site.db.rows(statement);
    await settle();
    expect(await search(query as Record<string, string>)).toEqual(after);
  });

  it('bring back what a harvest still reports', async () => {
    const { dataset } = await harvested('back');
    await portal.site.db.rows(`UPDATE package SET state='deleted' WHERE id='${dataset}'`);
    await settle();
    expect(await search({ fq: 'name:back' })).toEqual([]);
    await portal.site.db.rows(`UPDATE package SET state='active' WHERE state='deleted' AND id IN (
      SELECT package_id FROM harvest_object WHERE report_status='added'
        AND DATE_PART('Day', now() - gathered::timestamptz) < 30)`);
    await settle();
    expect(await search({ fq: 'name:back' })).toEqual(['back']);
  });
});

describe('operators write by SQL', () => {
  it('the name of an account, which is the same account still', async () => {
    const { id } = await portal.account('before');
    await portal.site.db.rows(`UPDATE "user" SET name = 'after' WHERE name = 'before';`);
    expect(await portal.must('user_show', { id: 'after' })).toMatchObject({ id, name: 'after' });
  });

  it('the end of a harvest job, in UTC', async () => {
    const { source } = await harvested('stuck');
    await portal.site.db.rows(
      `UPDATE harvest_job SET finished = NOW(), status = 'Finished' WHERE source_id = '${source}' AND NOT status = 'Finished';`,
    );
    const [job] = await portal.site.db.rows<{ status: string; near: boolean }>(
      `SELECT status, abs(extract(epoch FROM finished - (now() AT TIME ZONE 'UTC'))) < 60 AS near
       FROM harvest_job WHERE source_id = $1`,
      [source],
    );
    expect(job).toEqual({ status: 'Finished', near: true });
  });
});
