import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Answer, call, newName, newOrganization, newWord, read, send, succeed } from './client.ts';

const writers = Array.from({ length: 12 }, (_, index) => index);
const together = (write: (writer: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(writers.map(write));
const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status).sort();
const oneWinner = [200, ...writers.slice(1).map(() => 409)];

let organization: string;
beforeAll(async () => {
  organization = await newOrganization();
});

const newDataset = (name = newName('race')) =>
  succeed('package_create', { name, owner_org: organization, resources: [{ url: 'http://example.org/0' }] });

const upload = (action: string, body: FormData): Promise<Response> =>
  send(`/api/3/action/${action}`, { method: 'POST', headers: { authorization: inject('token') }, body });

/** A dataset's state, all of whose parts name the writer. */
const stateOf = (writer: number, word: string) => ({
  title: `by ${writer}`,
  notes: `by ${writer}`,
  resources: [1, 2, 3].map((part) => ({ name: `by ${writer}`, url: `http://example.org/${writer}/${part}` })),
  tags: [1, 2].map((part) => ({ name: `${word} ${writer} ${part}` })),
  extras: [1, 2].map((part) => ({ key: `key ${part}`, value: `by ${writer}` })),
});

interface Dataset {
  title: string;
  notes: string;
  resources: { name: string; url: string }[];
  tags: { name: string }[];
  extras: { key: string; value: string }[];
}

const written = ({ title, notes, resources, tags, extras }: Dataset) => ({
  title,
  notes,
  resources: resources.map(({ name, url }) => ({ name, url })),
  tags: tags.map(({ name }) => ({ name })),
  extras: extras.map(({ key, value }) => ({ key, value })),
});

describe('writers of one dataset', () => {
  it.each(['package_update', 'package_patch'])(
    'leave with %s the state of one of them, and answer each its own',
    async (action) => {
      const { id, name } = await newDataset();
      const word = newWord();
      const answers = await together((writer) =>
        call(action, { id, name, owner_org: organization, ...stateOf(writer, word) }),
      );
      expect(statuses(answers)).toEqual(writers.map(() => 200));
      for (const writer of writers)
        expect(written(answers[writer]?.body.result)).toEqual(stateOf(writer, word));
      const left = written(await succeed('package_show', { id }));
      const last = Number(left.title.slice(3));
      expect(left).toEqual(stateOf(last, word));
    },
  );

  it('lose no resource made beside patches of the dataset', async () => {
    const { id } = await newDataset();
    const answers = await together((writer) =>
      writer % 3 === 0
        ? call('package_patch', { id, notes: `by ${writer}` })
        : call('resource_create', { package_id: id, name: `by ${writer}`, url: 'http://example.org/' }),
    );
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    const { resources, notes } = await succeed('package_show', { id });
    const made = writers.filter((writer) => writer % 3 !== 0).map((writer) => `by ${writer}`);
    expect(resources.slice(1).map((resource: { name: string }) => resource.name)).toHaveLength(made.length);
    expect(new Set(resources.slice(1).map((resource: { name: string }) => resource.name))).toEqual(
      new Set(made),
    );
    expect(resources.map((resource: { position: number }) => resource.position)).toEqual(
      resources.map((_: unknown, index: number) => index),
    );
    expect(notes).toMatch(/^by (0|3|6|9)$/);
  });

  it('lose no file uploaded beside others', async () => {
    const { id } = await newDataset();
    const answers = await together(async (writer) => {
      const form = new FormData();
      form.set('package_id', id);
      form.set('upload', new Blob([`writer,${writer}\n`]), 'same name.csv');
      return read(await upload('resource_create', form));
    });
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    const { resources } = await succeed('package_show', { id });
    const texts = await Promise.all(
      resources.slice(1).map(async ({ url }: { url: string }) => (await send(new URL(url).pathname)).text()),
    );
    expect(texts.sort()).toEqual(writers.map((writer) => `writer,${writer}\n`).sort());
  });

  it('delete and change different resources', async () => {
    const { id } = await newDataset();
    const resources: { id: string }[] = [];
    for (const writer of writers)
      resources.push(
        await succeed('resource_create', { package_id: id, name: `${writer}`, url: 'http://example.org/' }),
      );
    const answers = await together((writer) =>
      writer % 2
        ? call('resource_delete', { id: resources[writer]?.id })
        : call('resource_patch', { id: resources[writer]?.id, description: `by ${writer}` }),
    );
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    const left = (await succeed('package_show', { id })).resources.slice(1);
    expect(left.map(({ description }: { description: string }) => description)).toEqual(
      writers.filter((writer) => writer % 2 === 0).map((writer) => `by ${writer}`),
    );
  });

  it('who update with its revision in `match` win once', async () => {
    const { id, metadata_modified } = await newDataset();
    const answers = await together((writer) =>
      call('package_revise', {
        match: { id, metadata_modified },
        update: { notes: `by ${writer}` },
      }),
    );
    expect(statuses(answers)).toEqual(oneWinner);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect((await succeed('package_show', { id })).notes).toBe(`by ${winner}`);
  });
});

describe('a race for one name', () => {
  const user = (name: string, email: string) => ({ name, email, password: 'correct horse' });

  it.each([
    ['package_create', 'name', (name: string) => ({ name, owner_org: organization })],
    ['organization_create', 'name', (name: string) => ({ name })],
    ['group_create', 'name', (name: string) => ({ name })],
    ['user_create', 'name', (name: string, writer: number) => user(name, `${name}-${writer}@example.org`)],
    [
      'user_create',
      'email',
      (name: string, writer: number) => user(`${name}-${writer}`, `${name}@example.org`),
    ],
    ['vocabulary_create', 'name', (name: string) => ({ name })],
  ] as const)('has with %s one winner by its %s, and tells the others so', async (action, field, params) => {
    const name = newName('only');
    const answers = await together((writer) => call(action, params(name, writer)));
    expect(statuses(answers)).toEqual(oneWinner);
    for (const { status, body } of answers)
      if (status === 409) {
        expect(body.error?.__type).toBe('Validation Error');
        expect(body.error?.[field]).toEqual([expect.any(String)]);
      }
  });

  it('of two datasets that are renamed has one winner', async () => {
    const datasets: { id: string }[] = [];
    for (const _ of writers) datasets.push(await newDataset());
    const name = newName('only');
    const answers = await together((writer) => call('package_patch', { id: datasets[writer]?.id, name }));
    expect(statuses(answers)).toEqual(oneWinner);
  });
});

describe('writers of different datasets', () => {
  it('share the new tags they bring, in whatever order', async () => {
    const word = newWord();
    const tags = writers.map((part) => ({ name: `${word}-${part}` }));
    const answers = await together((writer) =>
      call('package_create', {
        name: newName('tagged'),
        owner_org: organization,
        tags: [...tags.slice(writer), ...tags.slice(0, writer)],
      }),
    );
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    expect((await succeed('tag_list', { query: word })).sort()).toEqual(tags.map(({ name }) => name).sort());
    const { results } = await succeed('tag_search', { query: word });
    expect(results).toHaveLength(tags.length);
  });
});

describe('members added together', () => {
  it('are one when they are the same', async () => {
    const { id, name } = await succeed('user_create', {
      name: newName('member'),
      email: `${newName('member')}@example.org`,
      password: 'correct horse',
    });
    const org = await newOrganization();
    const answers = await together((writer) =>
      call('organization_member_create', {
        id: org,
        username: name,
        role: writer % 2 ? 'editor' : 'admin',
      }),
    );
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    const members: string[][] = await succeed('member_list', { id: org, object_type: 'user' });
    expect(members.filter(([member]) => member === id)).toHaveLength(1);
  });

  it('are all there when they differ', async () => {
    const group = newName('group');
    await succeed('group_create', { name: group });
    const ids: string[] = [];
    for (const _ of writers) ids.push((await newDataset()).id);
    const answers = await together((writer) =>
      call('member_create', {
        id: group,
        object: ids[writer],
        object_type: 'package',
        capacity: 'public',
      }),
    );
    expect(statuses(answers)).toEqual(writers.map(() => 200));
    const members: string[][] = await succeed('member_list', { id: group, object_type: 'package' });
    expect(members.map(([member]) => member).sort()).toEqual([...ids].sort());
  });
});
