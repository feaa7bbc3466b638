import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { JsonText } from '../action/declaration.ts';

let test: TestSite;
const shown = async (id: unknown): Promise<Record<string, unknown>> =>
  JSON.parse(((await test.must('package_show', { id })) as JsonText).text);
const value = (dataset: Record<string, unknown>, key: string) =>
  (dataset['harvest'] as { key: string; value: string }[] | undefined)?.find((one) => one.key === key)?.value;

/** A dataset with a current record, as the harvester leaves it. */
async function harvested(name: string): Promise<Record<string, unknown>> {
  const { id } = (await test.must('package_create', { name, owner_org: 'office' })) as { id: string };
  await test.site.db.rows(
    `WITH source AS (
       INSERT INTO harvest_source (id, url, title, type, active) VALUES ($1 || '-source', $1, 'Rain', 'ckan', true) RETURNING id),
     job AS (INSERT INTO harvest_job (id, source_id, status) SELECT $1 || '-job', id, 'Finished' FROM source RETURNING id, source_id)
     INSERT INTO harvest_object (id, guid, current, harvest_job_id, harvest_source_id, package_id)
     SELECT $1 || '-object', $1, true, id, source_id, $2 FROM job`,
    [name, id],
  );
  return shown(id);
}

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
  await test.must('organization_create', { name: 'office' });
});

it('tells where a harvested dataset comes from', async () => {
  const dataset = await harvested('rain');
  expect(value(dataset, 'harvest_object_id')).toBe('rain-object');
  expect(value(dataset, 'harvest_source_id')).toBe('rain-source');
  expect(value(dataset, 'harvest_source_title')).toBe('Rain');
});

it('is not told of others', async () => {
  expect(await test.must('package_create', { name: 'snow', owner_org: 'office' })).not.toHaveProperty(
    'harvest',
  );
});

it('may come back with what was shown, and is not stored', async () => {
  const dataset = await harvested('hail');
  await test.must('package_update', { ...dataset, title: 'Hail' });
  expect(await shown('hail')).toMatchObject({
    title: 'Hail',
    harvest: dataset['harvest'],
  });
  const [row] = await test.site.db.rows<{ extras: number }>(
    `SELECT count(*)::int AS extras FROM package_extra WHERE package_id = $1`,
    [dataset['id']],
  );
  expect(row).toEqual({ extras: 0 });
  await test.must('package_create', { name: 'sleet', owner_org: 'office', harvest: dataset['harvest'] });
});
