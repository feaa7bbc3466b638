import type { Tx } from '@portolan/db';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Params, WriteCall } from '../action/call.ts';
import { updateDataset } from '../dataset/update.ts';
import { Entangled, updateDatasets } from './update_many.ts';

const ids = [1, 2, 3, 4].map((n) => `0000000${n}-0000-4000-8000-000000000000`);
const nameOf = (id: string) => `dataset-${id.slice(0, 8)}`;
const fileOf = (id: string | undefined, n: number) => `${id?.slice(0, -1)}${n}`;
/** A dataset that is not changed. */
const other = '00000005-0000-4000-8000-000000000000';
const groups = ['leaves', 'roots', 'bark'];
let test: TestSite;

beforeAll(async () => {
  test = await testSite();
  for (const name of ['tea', 'coffee']) await test.must('organization_create', { name });
  for (const name of groups) await test.must('group_create', { name });
  const vocabulary = await test.must('vocabulary_create', { name: 'colours', tags: [{ name: 'green' }] });
  for (const [n, id] of ids.entries())
    await test.must('package_create', {
      ...{ id, name: nameOf(id), owner_org: 'tea', title: 'As it was', notes: 'Words', version: '1' },
      groups: [{ name: 'leaves' }, { name: 'roots' }],
      tags: [
        { name: 'old tag' },
        { name: `own tag ${n}` },
        { name: 'green', vocabulary_id: (vocabulary as { id: string }).id },
      ],
      extras: [
        { key: 'kept', value: 'same' },
        { key: 'changed', value: 'before' },
      ],
      resources: [0, 1, 2].map((i) => ({ id: fileOf(id, i + 1), url: `http://files.test/${i}.csv` })),
    });
  await test.must('package_create', {
    ...{ id: other, name: 'other', owner_org: 'tea' },
    resources: [{ id: fileOf(other, 1), url: 'http://files.test/other' }],
  });
  // Datasets whose rows have a history: left groups, tags and files that were taken away.
  await test.must('package_patch', { id: ids[0], groups: [{ name: 'bark' }], tags: [{ name: 'new tag' }] });
  await test.must('resource_delete', { id: fileOf(ids[1], 3) });
  await test.must('package_relationship_create', { subject: ids[2], object: ids[3], type: 'depends_on' });
  await test.must('package_delete', { id: ids[3] });
});

/** Without what is made anew each time: ids, and the microseconds by which a process tells its moments apart. */
const comparable = (text: string): string =>
  text.replaceAll(/made-\d+/g, 'made').replaceAll(/(:\d\d\.\d{3})\d{3}/g, '$1');

/** Rows of these datasets, and what tells others that they have changed. */
async function picture(tx: Tx): Promise<Record<string, string[]>> {
  const wanted = {
    package: `SELECT * FROM package p WHERE id = ANY($1)`,
    resource: `SELECT * FROM resource r WHERE package_id = ANY($1)`,
    extras: `SELECT package_id, key, value, state FROM package_extra WHERE package_id = ANY($1)`,
    tags: `SELECT package_id, t.name, t.vocabulary_id, state FROM package_tag pt JOIN tag t ON t.id = pt.tag_id WHERE package_id = ANY($1)`,
    member: `SELECT table_id, group_id, capacity, state FROM member WHERE table_id = ANY($1)`,
    relationships: `SELECT * FROM package_relationship WHERE subject_package_id = ANY($1)`,
    activity: `SELECT object_id, user_id, activity_type, data, permission_labels, timestamp FROM activity WHERE object_id = ANY($1)`,
    outbox: `SELECT DISTINCT key FROM portolan.outbox WHERE txid = pg_current_xact_id() AND key = ANY($1)`,
    changes: `SELECT DISTINCT kind, key, labels FROM portolan.change_note WHERE txid = pg_current_xact_id() AND key = ANY($1)`,
  };
  const tables: Record<string, string[]> = {};
  for (const [table, statement] of Object.entries(wanted)) {
    const rows = await tx.rows<{ row: string }>(`SELECT to_json(t)::text AS row FROM (${statement}) AS t`, [
      ids,
    ]);
    tables[table] = rows.map(({ row }) => comparable(row)).sort();
  }
  return tables;
}

const rolledBack = Symbol('rolled back');

/** What the rows are after a write that is taken back, and what each dataset was answered. */
async function after(write: (call: WriteCall) => Promise<unknown[]>) {
  let seen: object | undefined;
  await test.site.db
    .transact(async (tx) => {
      let made = 0;
      const runtime = { ...test.site.runtime, id: () => `made-${made++}` };
      const site = Object.defineProperty(Object.create(test.site) as typeof test.site, 'runtime', {
        value: runtime,
      });
      const { admin: user } = test;
      const outcomes = await write({
        ...{ site, sql: tx, user, ignoreAuth: true, logger: site.logger, localePrefix: '' },
      });
      seen = {
        outcomes: JSON.parse(comparable(JSON.stringify(outcomes))) as unknown,
        ...(await picture(tx)),
      };
      throw rolledBack;
    })
    .catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
  return seen;
}

const refusal = (error: unknown) => ({ error: (error as { fields?: unknown }).fields ?? String(error) });

async function oneByOne(call: WriteCall, inputs: Params[]): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const input of inputs)
    outcomes.push(await updateDataset(call, String(input['id']), input).catch(refusal));
  return outcomes;
}

const together = async (call: WriteCall, inputs: Params[]): Promise<unknown[]> =>
  (await updateDatasets(call, inputs)).map((one) => ('error' in one ? refusal(one.error) : one));

const some = <Value>(values: Value[]) => fc.subarray(values);
const change = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      name: fc.constantFrom(nameOf(id), `renamed-${nameOf(id)}`, 'other', 'No good name'),
      title: fc.constantFrom('As it was', 'Another title', '', null),
      notes: fc.string({ maxLength: 20 }),
      private: fc.boolean(),
      state: fc.constantFrom('active', 'deleted', 'draft'),
      owner_org: fc.constantFrom('tea', 'coffee', 'leaves', 'nobody', ''),
      groups: some(groups).map((names) => names.map((name) => ({ name }))),
      tags: some(['old tag', 'new tag', 'newer tag', 'x']).map((names) => names.map((name) => ({ name }))),
      extras: some(['kept', 'changed', 'new']).map((keys) => keys.map((key) => ({ key, value: 'same' }))),
      resources: some([0, 1, 2, 3]).chain((files) =>
        fc.constantFrom(
          files.map((i) => ({ id: fileOf(id, i + 1), url: `http://files.test/${i}.csv`, format: 'csv' })),
          files.map((i) => ({ url: `http://other.test/${i}.json`, size: i })),
          [{ id: fileOf(other, 1), url: 'http://files.test/taken' }],
        ),
      ),
      relationships_as_subject: fc.constant([]),
    },
    { requiredKeys: ['id', 'name'] },
  );

it('changes many datasets as it changes each of them alone, whatever is sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(...ids.map(change)).chain(some), async (inputs) => {
      const expected = await after((call) => oneByOne(call, inputs));
      expect(await after((call) => together(call, inputs))).toEqual(expected);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

it.each<[what: string, change: Params]>([
  ['name', { name: nameOf(ids[1]!) }],
  ['file', { name: nameOf(ids[0]!), resources: [{ id: fileOf(ids[1], 1), url: 'http://files.test/moved' }] }],
])(
  'leaves datasets to be changed one after the other when one takes the %s of another',
  async (_what, sent) => {
    const inputs = [
      { id: ids[1], name: `renamed-${nameOf(ids[1]!)}`, owner_org: 'tea' },
      { ...sent, id: ids[0], owner_org: 'tea' },
    ];
    await expect(after((call) => together(call, inputs))).rejects.toThrow(Entangled);
    expect(await after((call) => oneByOne(call, inputs))).toMatchObject({
      outcomes: [{ id: ids[1] }, { id: ids[0] }],
    });
  },
);
