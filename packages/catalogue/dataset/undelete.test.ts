import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';
import type { JsonText } from '../action/declaration.ts';

let test: TestSite;
let editor: User;
let member: User;
beforeAll(async () => {
  test = await testSite({ CKAN__AUTH__ALLOW_DATASET_COLLABORATORS: 'true' });
  editor = await test.account('editor');
  member = await test.account('member');
  await test.must('organization_create', {
    name: 'tea',
    users: [
      { name: 'editor', capacity: 'editor' },
      { name: 'member', capacity: 'member' },
    ],
  });
  await test.must('group_create', { name: 'leaves' });
});
const show = async (id: string) => JSON.parse(((await test.must('package_show', { id })) as JsonText).text);

it.each(['active', 'draft'])('brings back a dataset that was %s, as it was', async (state) => {
  const name = `was-${state}`;
  await test.must('package_create', {
    name,
    owner_org: 'tea',
    state,
    groups: [{ name: 'leaves' }],
    private: true,
  });
  await test.must('package_collaborator_create', { id: name, user_id: 'member', capacity: 'editor' });
  const before = await show(name);
  await test.must('package_delete', { id: name }, editor);
  const result = await test.must('dataset_undelete', { id: name }, editor);
  const { metadata_modified } = await show(name);
  expect(await show(name)).toEqual({ ...before, metadata_modified });
  expect(result).toEqual({ ...before, metadata_modified });
  expect(await test.must('package_collaborator_list', { id: name })).toMatchObject([{ capacity: 'editor' }]);
});

it('brings back what SQL by hand or a bulk update deleted', async () => {
  const one = (await test.must('package_create', { name: 'bulk', owner_org: 'tea', state: 'draft' })) as {
    id: string;
  };
  await test.must('bulk_update_delete', { datasets: [one.id], org_id: 'tea' });
  expect(await test.must('dataset_undelete', { id: 'bulk' })).toMatchObject({ state: 'draft' });
  await test.site.db.rows(`UPDATE package SET state = 'deleted' WHERE name = 'bulk'`);
  expect(await test.must('dataset_undelete', { id: 'bulk' })).toMatchObject({ state: 'draft' });
});

it('gives the name back when it is free', async () => {
  const { id } = (await test.must('package_create', { name: 'taken', owner_org: 'tea' })) as { id: string };
  await test.must('package_delete', { id });
  const other = (await test.must('package_create', { name: 'taken', owner_org: 'tea' })) as { id: string };
  expect(await test.must('dataset_undelete', { id })).toMatchObject({ name: id });
  await test.must('package_delete', { id });
  await test.must('dataset_purge', { id: other.id });
  expect(await test.must('dataset_undelete', { id })).toMatchObject({ name: id });
});

it('is for whoever may edit, and only of deleted datasets', async () => {
  await test.must('package_create', { name: 'ruled', owner_org: 'tea' });
  expect(await test.call('dataset_undelete', editor, { id: 'ruled' })).toMatchObject({
    status: 409,
    error: { id: ['Dataset is not deleted'] },
  });
  await test.must('package_delete', { id: 'ruled' });
  for (const caller of [undefined, member])
    expect(await test.call('dataset_undelete', caller, { id: 'ruled' })).toMatchObject({ status: 403 });
  expect(await test.call('dataset_undelete', editor, { id: 'missing' })).toMatchObject({ status: 404 });
  expect(await test.call('dataset_undelete', editor, {})).toMatchObject({ status: 409 });
});
