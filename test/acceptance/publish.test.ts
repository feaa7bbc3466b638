import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { call, newName, newOrganization, newWord, read, send, succeed } from './client.ts';

let organization: string;
beforeAll(async () => {
  organization = await newOrganization();
});

const search = async (q: string): Promise<string[]> =>
  (await succeed('package_search', { q, rows: 100 }, null)).results.map(
    (dataset: { name: string }) => dataset.name,
  );

describe('a publisher', () => {
  it('finds a dataset at once after creating, changing and deleting it', async () => {
    const name = newName('river');
    const word = newWord();
    const created = await succeed('package_create', {
      name,
      owner_org: organization,
      title: `Levels ${word}`,
      tags: [{ name: 'water' }],
    });
    expect(await search(word)).toEqual([name]);
    expect(await succeed('package_show', { id: name }, null)).toEqual(created);

    const other = newWord();
    const patched = await succeed('package_patch', { id: name, notes: `About ${other}` });
    expect(patched).toEqual({
      ...created,
      notes: `About ${other}`,
      metadata_modified: patched.metadata_modified,
    });
    expect(await search(other)).toEqual([name]);

    await succeed('package_delete', { id: name });
    expect(await search(word)).toEqual([]);
    expect((await call('package_show', { id: name }, null)).status).toBe(403);
    const activities = await succeed('package_activity_list', { id: name });
    expect(activities.map((activity: { activity_type: string }) => activity.activity_type)).toEqual([
      'deleted package',
      'changed package',
      'new package',
    ]);
  });

  it('uploads a file and everybody downloads the same bytes, whole or in part', async () => {
    const dataset = await succeed('package_create', { name: newName('files'), owner_org: organization });
    const content = Buffer.alloc(300_000, 'station,level\n1,2.5\n');
    const form = new FormData();
    form.set('package_id', dataset.name);
    form.set('name', 'Levels');
    form.set('upload', new Blob([content], { type: 'text/csv' }), 'Levels of 2024.csv');
    const { status, body } = await read(
      await send('/api/3/action/resource_create', {
        method: 'POST',
        headers: { authorization: inject('token') },
        body: form,
      }),
    );
    expect(status).toBe(200);
    expect(body.result).toMatchObject({
      size: content.length,
      url_type: 'upload',
      format: 'CSV',
      mimetype: 'text/csv',
      name: 'Levels',
    });
    expect(body.result.url).toMatch(
      new RegExp(`/dataset/${dataset.id}/resource/${body.result.id}/download/levels-of-2024.csv$`),
    );

    const path = new URL(body.result.url).pathname;
    const whole = await send(path);
    expect(whole.status).toBe(200);
    const digest = (data: ArrayBuffer | Buffer) =>
      createHash('sha256')
        .update(Buffer.from(data as Buffer))
        .digest('hex');
    expect(digest(await whole.arrayBuffer())).toBe(digest(content));
    const part = await send(path, { headers: { range: 'bytes=10-19' } });
    expect([part.status, await part.text()]).toEqual([206, content.subarray(10, 20).toString()]);
    const again = await send(path, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('shows an uploaded page, and a browser runs no script of it', async () => {
    const dataset = await succeed('package_create', { name: newName('page'), owner_org: organization });
    const form = new FormData();
    form.set('package_id', dataset.name);
    form.set('upload', new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), 'page.html');
    const { body } = await read(
      await send('/api/3/action/resource_create', {
        method: 'POST',
        headers: { authorization: inject('token') },
        body: form,
      }),
    );
    const { headers } = await send(new URL(body.result.url).pathname);
    expect(headers.get('content-type')).toBe('text/html');
    expect(headers.get('content-disposition')).toBe('inline; filename=page.html');
    expect(headers.get('content-security-policy')).toBe('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is told when a file is too large, and nothing of it stays', async () => {
    const dataset = await succeed('package_create', { name: newName('large'), owner_org: organization });
    const form = new FormData();
    form.set('package_id', dataset.name);
    form.set('upload', new Blob([Buffer.alloc(10 * 2 ** 20 + 1)]), 'large.bin');
    const { status, body } = await read(
      await send('/api/3/action/resource_create', {
        method: 'POST',
        headers: { authorization: inject('token') },
        body: form,
      }),
    );
    expect([status, body.error]).toEqual([
      409,
      { __type: 'Validation Error', upload: ['File upload too large'] },
    ]);
    expect((await succeed('package_show', { id: dataset.name })).resources).toEqual([]);
  });

  it('keeps a private dataset from everybody outside the organisation', async () => {
    const word = newWord();
    const dataset = await succeed('package_create', {
      name: newName('secret'),
      title: word,
      owner_org: organization,
      private: true,
    });
    expect((await call('package_show', { id: dataset.name }, null)).status).toBe(403);
    expect(await search(word)).toEqual([]);
    const user = newName('member');
    await succeed('user_create', { name: user, email: `${user}@example.org`, password: 'a long password' });
    const { token } = await succeed('api_token_create', { user, name: 'test' });
    expect((await call('package_show', { id: dataset.name }, token)).status).toBe(403);
    await succeed('organization_member_create', { id: organization, username: user, role: 'member' });
    expect((await call('package_show', { id: dataset.name }, token)).status).toBe(200);
    expect((await succeed('package_search', { q: word, include_private: true }, token)).count).toBe(1);
    expect((await call('package_patch', { id: dataset.name, notes: 'x' }, token)).status).toBe(403);
  });

  it('who loses a race for a name is told so, and there is one dataset', async () => {
    const name = newName('race');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call('package_create', { name, owner_org: organization })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 200)
        expect([status, body.error?.['name']]).toEqual([409, ['That URL is already in use.']]);
  });

  it('loses no resource to another who adds one at the same time', async () => {
    const dataset = await succeed('package_create', { name: newName('busy'), owner_org: organization });
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        succeed('resource_create', { package_id: dataset.id, url: `http://example.org/${index}` }),
      ),
    );
    const { resources } = await succeed('package_show', { id: dataset.id });
    expect(new Set(resources.map((resource: { url: string }) => resource.url)).size).toBe(8);
    expect(resources.map((resource: { position: number }) => resource.position)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
  });
});
