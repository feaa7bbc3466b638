import { describe, expect, inject, it } from 'vitest';
import { call, newName, newOrganization, send, succeed } from './client.ts';
import { Mirror } from './mirror.ts';

const get = (path: string, headers: Record<string, string> = {}) =>
  send(`/api/3/action/${path}`, { headers });

// biome-ignore lint/suspicious/noExplicitAny: any action's answer
const json = async (response: Response): Promise<any> => response.json();

describe('the change feed', () => {
  it('keeps mirrors equal to the catalogue under random writes, for who sees all and for who sees the public', async () => {
    const organization = await newOrganization();
    const all = new Mirror(inject('token'));
    const open = new Mirror(null);
    await Promise.all([all.step(), open.step()]);

    let writing = true;
    const following = [all, open].map(async (mirror) => {
      while (writing) await mirror.step(1);
      await mirror.catchUp();
    });
    const names: string[] = [];
    const random = sequence(20_260_506);
    const writer = async () => {
      for (let turn = 0; turn < 25; turn++) {
        const kind = random(8);
        const id = names[random(Math.max(1, names.length))];
        if (kind < 3 || id === undefined) {
          const name = newName('mirrored');
          await succeed('package_create', { name, owner_org: organization, private: random(3) === 0 });
          names.push(name);
        } else if (kind === 3) await call('package_patch', { id, private: random(2) === 0 });
        else if (kind === 4) await call('package_delete', { id });
        else if (kind === 5) await call('dataset_undelete', { id });
        else if (kind === 6) await call('dataset_purge', { id });
        else await call('resource_create', { package_id: id, url: `http://example.org/${turn}` });
      }
    };
    await Promise.all(Array.from({ length: 4 }, writer));
    await succeed('organization_patch', { id: organization, title: 'Renamed at the end' });
    writing = false;
    await Promise.all(following);

    for (const mirror of [all, open])
      expect(mirror.positions).toEqual([...new Set(mirror.positions)].sort((a, b) => a - b));
    for (const name of names) {
      for (const [mirror, token] of [
        [all, undefined],
        [open, null],
      ] as const) {
        const { status, body } = await call('package_show', { id: name }, token);
        const shown = status === 200 && body.result.state !== 'deleted' ? body.result : undefined;
        const mirrored = [...mirror.objects.values()].find(
          (one) => one.kind === 'dataset' && one.name === name,
        );
        expect(mirrored?.document).toEqual(shown);
      }
    }
    const mirrored = [...open.objects.values()].find((one) => one.name === organization);
    expect(mirrored?.document.title).toBe('Renamed at the end');
  }, 120_000);

  it('is an action and an address, with 410 for a cursor of another catalogue', async () => {
    const { cursor } = await succeed('changes_list', { since: 'now' }, null);
    const response = await send(`/api/3/changes?since=${cursor}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect([response.status, (await json(response)).success]).toEqual([200, true]);
    const foreign = Buffer.from(JSON.stringify([1, '2020-01-01 00:00:00'])).toString('base64url');
    const refused = await send(`/api/3/changes?since=${foreign}`);
    expect([refused.status, (await json(refused)).error.__type]).toEqual([410, 'Expired Error']);
  });
});

describe('a conditional request', () => {
  it('is answered with 304 while nothing has changed, and with the dataset when something has', async () => {
    const organization = await newOrganization();
    const name = newName('tagged');
    await succeed('package_create', { name, owner_org: organization });
    const first = await get(`package_show?id=${name}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const held of [etag, `"other", W/${etag}`, '*']) {
      const again = await get(`package_show?id=${name}`, { 'if-none-match': held });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
      expect(again.headers.get('vary')).toBe(first.headers.get('vary'));
    }
    // What is shown beside the text follows too.
    await succeed('organization_patch', { id: organization, title: 'Another title' });
    const changed = await get(`package_show?id=${name}`, { 'if-none-match': etag });
    expect([changed.status, (await json(changed)).result.organization.title]).toEqual([200, 'Another title']);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('tells nothing of a dataset to who may not see it, and differs by what is included', async () => {
    const organization = await newOrganization();
    const name = newName('hidden');
    const dataset = await succeed('package_create', { name, owner_org: organization });
    const authorization = inject('token');
    const plain = await get(`package_show?id=${name}`, { authorization });
    const etag = plain.headers.get('etag') ?? '';
    expect(plain.headers.get('cache-control')).toMatch(/^private/);
    const more = `package_show?id=${name}&include_plugin_data=true`;
    const included = await get(more, { authorization, 'if-none-match': etag });
    expect([included.status, (await json(included)).result]).toEqual([
      200,
      { ...dataset, plugin_data: null },
    ]);
    const held = included.headers.get('etag') ?? '';
    expect((await get(more, { authorization, 'if-none-match': held })).status).toBe(304);
    await succeed('package_patch', { id: name, private: true });
    expect((await get(`package_show?id=${name}`, { 'if-none-match': etag })).status).toBe(403);
    expect((await get(`package_show?id=${name}`, { 'if-none-match': '*' })).status).toBe(403);
  });

  it('is only for plain reads: scripts, POST and other actions have no validator', async () => {
    const name = newName('script');
    await succeed('package_create', { name, owner_org: await newOrganization() });
    const etag = (await get(`package_show?id=${name}`)).headers.get('etag') ?? '';
    const script = await get(`package_show?id=${name}&callback=show`, { 'if-none-match': etag });
    expect([script.status, script.headers.get('etag')]).toEqual([200, null]);
    expect((await script.text()).startsWith('show({')).toBe(true);
    const post = await send(`/api/3/action/package_show?id=${name}`, {
      method: 'POST',
      headers: { 'if-none-match': etag },
    });
    expect([post.status, post.headers.get('etag')]).toEqual([200, null]);
    expect((await get('status_show')).headers.get('etag')).toBe(null);
  });

  it.each(['organization_show', 'resource_show', 'group_show'])('works with %s', async (action) => {
    const organization = await newOrganization();
    const group = newName('group');
    await succeed('group_create', { name: group });
    const { resources } = await succeed('package_create', {
      name: newName('res'),
      owner_org: organization,
      resources: [{ url: 'http://example.org/a.csv' }],
    });
    const id = { organization_show: organization, group_show: group, resource_show: resources[0].id }[action];
    const { headers } = await get(`${action}?id=${id}`);
    const again = await get(`${action}?id=${id}`, { 'if-none-match': headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });
});

/** Numbers below a limit, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
