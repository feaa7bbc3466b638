import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { findAction } from '../action/registry.ts';
import { type ImportOptions, importDatasets } from './import_datasets.ts';
import { importObjects } from './import_objects.ts';
import { refusalOf } from './rejects.ts';
import { saysTheSame } from './same.rules.ts';

let portal: TestSite;
let options: ImportOptions;

beforeAll(async () => {
  portal = await testSite();
  options = { user: portal.admin };
  await portal.must('organization_create', { name: 'tea', title: 'Ministry of Tea' });
  await portal.must('group_create', { name: 'leaves' });
});

const lines = (...objects: Record<string, unknown>[]) =>
  objects.map((object, at) => ({ number: at + 1, object }));
const outcomes = async (...objects: Record<string, unknown>[]) =>
  (await importDatasets(portal.site, lines(...objects), options)).map((outcome) =>
    typeof outcome === 'string' ? outcome : refusalOf(outcome.error),
  );

const green = {
  name: 'green',
  title: 'Green',
  owner_org: 'tea',
  groups: [{ name: 'leaves' }],
  tags: [{ name: 'leaf' }, { name: 'tea' }],
  extras: [
    { key: 'b', value: '2' },
    { key: 'a', value: '1' },
  ],
  resources: [{ url: 'http://x.test/a.csv', format: 'csv', name: 'A', custom: 'c' }],
};

describe('datasets in bulk', () => {
  it('become what package_create would have made of each', async () => {
    expect(await outcomes(green, { ...green, name: 'black', title: 'Black' })).toEqual([
      'created',
      'created',
    ]);
    await portal.must('package_create', { ...green, name: 'single' });
    const shown = async (id: string) =>
      JSON.parse(((await portal.must('package_show', { id })) as { text: string }).text);
    const own = /"(id|name|title|metadata_\w+|created|package_id|creator_user_id)": ?("[^"]*"|null)/g;
    const plain = async (id: string) => JSON.stringify(await shown(id)).replace(own, '');
    expect(await plain('green')).toBe(await plain('single'));
  });

  it('leave an activity each, and one entry in the audit log', async () => {
    const count = async (statement: string) => (await portal.site.db.rows(statement)).length;
    expect(
      await count(`SELECT FROM activity a JOIN package p ON p.id = a.object_id
        WHERE p.name IN ('green', 'black') AND a.activity_type = 'new package'`),
    ).toBe(2);
    expect(
      await count(`SELECT FROM portolan.audit_note WHERE action = 'import_datasets' AND outcome = 'done'`),
    ).toBe(1);
  });

  it('that are there already and the same are left alone', async () => {
    expect(await outcomes(green)).toEqual(['unchanged']);
    const dumped = JSON.parse(
      ((await portal.must('package_show', { id: 'green' })) as { text: string }).text,
    );
    expect(await outcomes(dumped)).toEqual(['unchanged']);
    expect(await outcomes({ ...green, title: 'Greener' })).toEqual(['updated']);
  });

  it('that are refused say why and leave the others alone', async () => {
    expect(
      await outcomes(
        { ...green, name: 'fine' },
        { ...green, name: 'No Good' },
        { name: 'x1', owner_org: 'nobody' },
      ),
    ).toEqual([
      'created',
      { __type: 'Validation Error', name: [expect.stringContaining('lowercase alphanumeric')] },
      { __type: 'Validation Error', owner_org: ['Organization does not exist'] },
    ]);
  });

  it('that are named twice in one file: the second changes the first', async () => {
    expect(await outcomes({ ...green, name: 'twice' }, { ...green, name: 'twice', title: 'Again' })).toEqual([
      'created',
      'updated',
    ]);
  });

  it('take the name of a deleted dataset', async () => {
    await portal.must('package_delete', { id: 'black' });
    expect(await outcomes({ ...green, name: 'black' })).toEqual(['created']);
  });

  it('with an id that is taken are refused alone, and nothing else of the batch is lost', async () => {
    const resource = JSON.parse(
      ((await portal.must('package_show', { id: 'green' })) as { text: string }).text,
    ).resources[0];
    const [one, two] = await outcomes(
      { ...green, name: 'other-1', resources: [{ id: resource.id, url: 'http://x.test' }] },
      { ...green, name: 'other-2' },
    );
    expect(one).toMatchObject({ __type: 'Validation Error' });
    expect(two).toBe('created');
  });

  it.each([
    ['create', ['skipped', 'created']],
    ['update', ['updated', 'skipped']],
  ] as const)('may only be %sd', async (only, expected) => {
    const objects = lines({ ...green, title: only }, { ...green, name: `only-${only}` });
    expect(await importDatasets(portal.site, objects, { ...options, only })).toEqual(expected);
  });
});

describe('organisations in bulk', () => {
  it('are made, left alone and changed', async () => {
    const action = (what: string) => findAction(`organization_${what}`)!;
    const actions = { show: action('show'), create: action('create'), update: action('update') };
    const agency = { name: 'agency', title: 'Agency', extras: [{ key: 'k', value: 'v' }] };
    const load = async (object: Record<string, unknown>) =>
      (await importObjects(portal.site, actions, lines(object), options))[0];
    expect(await load(agency)).toBe('created');
    expect(await load(agency)).toBe('unchanged');
    expect(await load({ ...agency, title: 'The Agency' })).toBe('updated');
    expect(await load({ name: 'A B' })).toHaveProperty('error');
  });
});

describe('saying the same', () => {
  it('is true of everything and itself', () =>
    fc.assert(fc.property(fc.jsonValue(), (value) => saysTheSame(value, value))));

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: null }, { a: '' }, true],
    [
      { tags: [{ name: 'a' }, { name: 'b' }] },
      {
        tags: [
          { name: 'b', id: 1 },
          { name: 'a', id: 2 },
        ],
      },
      true,
    ],
    [{ resources: [{ url: 'a' }, { url: 'b' }] }, { resources: [{ url: 'b' }, { url: 'a' }] }, false],
    [{ tags: [{ name: 'a' }] }, { tags: [{ name: 'a' }, { name: 'b' }] }, false],
    [{ owner_org: 'tea' }, { owner_org: 'id', organization: { name: 'tea' } }, true],
    [{ metadata_modified: 'x' }, { metadata_modified: 'y' }, true],
  ])('%j of %j: %s', (line, stored, same) => expect(saysTheSame(line, stored)).toBe(same));
});
