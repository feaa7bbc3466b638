import { JsonText } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { addSource } from '../testing/harvest_bench.ts';

type Shown = Record<string, unknown> & { id: string; extras: { key: string; value: string }[] };

let test: TestSite;
let made = 0;

beforeAll(async () => {
  test = await testSite();
  await test.must('organization_create', { name: 'rivers' });
  await addSource(test.site.db, { id: 'feed', type: 'listed' });
  await test.site.db.rows(
    `INSERT INTO harvest_job (id, source_id, status) VALUES ('job', 'feed', 'Finished')`,
  );
});

async function shown(action: string, params: object): Promise<Shown> {
  const answer = await test.must(action, { ...params });
  return (answer instanceof JsonText ? JSON.parse(answer.text) : answer) as Shown;
}

/** A dataset that was harvested, with these extras of its own. */
async function harvested(extras: Shown['extras']): Promise<Shown> {
  const { id } = await shown('package_create', { name: `told-${made++}`, owner_org: 'rivers', extras });
  await test.site.db.rows(
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, package_id, current, state)
     VALUES ('of-' || $1, $1, 'feed', 'job', $1, true, 'COMPLETE')`,
    [id],
  );
  return shown('package_show', { id });
}

const stored = async (id: string) =>
  (
    await test.site.db.rows<{ key: string }>(
      `SELECT key FROM package_extra WHERE package_id = $1 AND state = 'active' ORDER BY key`,
      [id],
    )
  ).map(({ key }) => key);
const told = ['harvest_object_id', 'harvest_source_id', 'harvest_source_title'];

describe('what a harvested dataset is only told to have', () => {
  it('is not stored when it is sent back, once or many times', async () => {
    const before = await harvested([{ key: 'area', value: '7' }]);
    expect(before.extras.map(({ key }) => key)).toEqual(['area', ...told]);
    let current = before;
    for (const title of ['Once', 'Twice']) {
      await test.must('package_update', { ...current, title });
      current = await shown('package_show', { id: before.id });
      expect(current).toMatchObject({ title, extras: before.extras });
    }
    await test.must('package_patch', { id: before.id, extras: current.extras });
    expect(await stored(before.id)).toEqual(['area']);
  });

  it('stays where the dataset itself has it', async () => {
    const before = await harvested([{ key: 'harvest_source_title', value: 'Own' }]);
    await test.must('package_update', { ...before });
    expect(await stored(before.id)).toEqual(['harvest_source_title']);
  });
});
