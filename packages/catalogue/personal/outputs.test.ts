import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Params, User } from '../action/call.ts';
import { JsonText, Unchanged } from '../action/declaration.ts';
import { dispatch } from '../action/dispatch.ts';
import { packageShow } from '../actions/package_show.ts';
import { catchUpWith } from '../index/catch_up.ts';
import { solrSelect } from '../search/solr_select.ts';

/** In every value that must not be seen, and in nothing else. */
const secret = 'zquietperson';
const people = {
  author: `Author ${secret}`,
  author_email: `${secret}-author@people.test`,
  maintainer: `Maintainer ${secret}`,
  maintainer_email: `${secret}-maintainer@people.test`,
};

let test: TestSite;
let editor: User;
let stranger: User;
let id: string;
let resource: string;
let activity: string;

/** An answer as the text that a client gets. */
async function shown(name: string, params: Params, caller: User | undefined): Promise<string> {
  const answer = await test.call(name, caller, params);
  if ('error' in answer) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  const { result } = answer;
  return result instanceof JsonText ? result.text : JSON.stringify(result);
}

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
  test.set({ 'ckan.auth.public_activity_stream_detail': 'true' });
  editor = await test.account('editor');
  stranger = await test.account('stranger');
  await test.must('organization_create', {
    name: 'office',
    users: [{ name: 'editor', capacity: 'editor' }],
    extras: [{ key: 'author', value: people.author }],
  });
  await test.must('group_create', { name: 'circle' });
  const dataset = (await test.must('package_create', {
    name: 'named',
    title: 'Named',
    owner_org: 'office',
    ...people,
    tags: [{ name: 'named' }],
    groups: [{ name: 'circle' }],
    'contact-email': 'office@office.test',
    extras: Object.entries(people).map(([key, value]) => ({
      key: `about-${key}`,
      value: value.length.toString(),
    })),
    resources: [{ url: 'https://office.test/a.csv', author: people.author }],
  })) as { id: string; resources: { id: string }[] };
  ({ id } = dataset);
  resource = dataset.resources[0]!.id;
  await test.must('package_patch', { id, notes: 'Changed.' });
  const [newest] = (await test.must('package_activity_list', { id })) as { id: string }[];
  activity = newest!.id;
  const old = (await test.must('package_create', {
    name: 'named-of-old',
    owner_org: 'office',
    tags: [{ name: 'named' }],
    groups: [{ name: 'circle' }],
  })) as { id: string };
  // Extras of these names are refused today; portals have them from before.
  await test.site.db.rows(
    `INSERT INTO package_extra (id, package_id, key, value, state)
     SELECT md5(key), $1, key, value, 'active' FROM jsonb_each_text($2::jsonb)`,
    [old.id, JSON.stringify(people)],
  );
  await catchUpWith(test.site, [old.id]);
});

describe('an answer about a dataset that names people', () => {
  const everywhere: [name: string, params: () => Params][] = [
    ['package_search', () => ({ q: 'name:named*' })],
    ['package_search', () => ({ q: 'name:named*', use_default_schema: true })],
    ['package_search', () => ({ q: 'name:named*', fl: '*' })],
    ['package_search', () => ({ q: 'name:named*', fl: ['id', ...Object.keys(people), 'extras_author'] })],
    ['package_search', () => ({ q: 'name:named*', fl: 'data_dict,validated_data_dict' })],
    [
      'package_search',
      () => ({ q: 'name:named*', 'facet.field': ['author', 'maintainer', 'extras_author_email'] }),
    ],
    ['resource_search', () => ({ query: 'url:office.test' })],
    ['current_package_list_with_resources', () => ({})],
    ['group_package_show', () => ({ id: 'circle' })],
    ['group_show', () => ({ id: 'circle', include_datasets: true })],
    ['organization_show', () => ({ id: 'office', include_datasets: true })],
    ['organization_list', () => ({ all_fields: true, include_extras: true })],
    ['tag_show', () => ({ id: 'named', include_datasets: true })],
    ['user_show', () => ({ id: 'admin', include_datasets: true })],
    ['changes_list', () => ({ include: 'document' })],
    ['dcat_dataset_show', () => ({ id, format: 'ttl' })],
    ['dcat_catalog_show', () => ({ format: 'jsonld' })],
    ['dcat_catalog_search', () => ({ format: 'xml' })],
    ['dcat_datasets_list', () => ({})],
    ['package_activity_list', () => ({ id })],
    ['organization_activity_list', () => ({ id: 'office' })],
    ['recently_changed_packages_activity_list', () => ({})],
  ];

  it.each(everywhere)('of %s names nobody, whoever asks: case %#', async (name, params) => {
    for (const caller of [undefined, stranger, editor, test.admin]) {
      const text = await shown(name, params(), caller);
      expect(text).not.toContain(secret);
      expect(text).not.toMatch(/(?<!about-)(?:author|maintainer)(?:_email)?\\*"\s*:/);
    }
  });

  const toEditors: [name: string, params: () => Params][] = [
    ['package_show', () => ({ id })],
    ['package_show', () => ({ id: 'named-of-old' })],
    ['package_show', () => ({ id, use_default_schema: true })],
    ['resource_show', () => ({ id: resource })],
    ['activity_show', () => ({ id: activity, include_data: true })],
    ['activity_data_show', () => ({ id: activity })],
  ];

  it.each(toEditors)(
    'of %s names them to who may change the dataset alone: case %#',
    async (name, params) => {
      for (const caller of [undefined, stranger])
        expect(await shown(name, params(), caller)).not.toContain(secret);
      for (const caller of [editor, test.admin])
        expect(await shown(name, params(), caller)).toContain(secret);
    },
  );

  it('of activity_diff shows no lines about people to others', async () => {
    await test.must('package_patch', { id, author: `${people.author} again` });
    const [changed] = (await test.must('package_activity_list', { id })) as { id: string }[];
    const params = { id: changed!.id, object_type: 'package' };
    expect(await shown('activity_diff', params, stranger)).not.toContain(secret);
    expect(await shown('activity_diff', params, editor)).toContain(`${secret} again`);
  });

  it('has the dataset’s other fields, contacts among them', async () => {
    const found = JSON.parse(await shown('package_search', { q: 'name:named*' }, undefined));
    expect(found.results).toContainEqual(
      expect.objectContaining({ id, title: 'Named', 'contact-email': 'office@office.test' }),
    );
  });

  it.each(['*', 'author maintainer', 'extras_author', 'validated_data_dict'])(
    'of Solr’s address names nobody: fl=%s',
    async (fl) => {
      const found = await solrSelect(
        test.site,
        new Map(Object.entries({ q: ['name:named*'], fl: [fl], facet: ['true'], 'facet.field': ['author'] })),
      );
      expect(found.response.numFound).toBe(2);
      expect(JSON.stringify(found)).not.toContain(secret);
    },
  );
});

describe('the people that a dataset names', () => {
  it('are searched for as before', async () => {
    for (const q of [`author:${secret}`, `maintainer_email:*${secret}*`, secret]) {
      const { count } = JSON.parse(await shown('package_search', { q }, undefined));
      expect(count, q).toBeGreaterThan(0);
    }
  });

  it('stay when an editor shows and updates, patches, or adds a resource', async () => {
    const dataset = JSON.parse(await shown('package_show', { id }, editor));
    await test.must('package_update', dataset, editor);
    await test.must('package_patch', { id, title: 'Named again' }, editor);
    await test.must('resource_create', { package_id: id, url: 'https://office.test/b.csv' }, editor);
    const [row] = await test.site.db.rows(
      'SELECT author_email, maintainer, maintainer_email FROM package WHERE id = $1',
      [id],
    );
    const { author: _, ...others } = people;
    expect(row).toEqual(others);
  });

  it('are in the answer of a write to who wrote', async () => {
    const text = await shown('package_patch', { id, notes: 'Once more.' }, editor);
    expect(text).toContain(secret);
  });

  it('have validators of their own, so that nobody keeps the one text for the other', async () => {
    const ask = (user: User | undefined, held: string[]) =>
      dispatch(test.site, packageShow, { user, held }, { id });
    const etagOf = async (user: User | undefined) => ((await ask(user, [])) as JsonText).etag!;
    const [open, whole] = [await etagOf(undefined), await etagOf(editor)];
    expect(open).not.toBe(whole);
    expect(await ask(undefined, [open])).toEqual(new Unchanged(open));
    expect(await ask(editor, [whole])).toEqual(new Unchanged(whole));
    expect(await ask(undefined, [whole])).toBeInstanceOf(JsonText);
    expect(await ask(editor, [open])).toBeInstanceOf(JsonText);
    const { changes } = JSON.parse(await shown('changes_list', {}, undefined));
    expect(changes).toContainEqual(expect.objectContaining({ id, etag: open }));
  });

  it('are shown to everybody in the plain profile', async () => {
    test.set({ 'portolan.profile': 'ckan' });
    expect(await shown('package_show', { id }, undefined)).toContain(secret);
    expect(await shown('package_search', { q: 'name:named*' }, undefined)).toContain(secret);
  });
});
