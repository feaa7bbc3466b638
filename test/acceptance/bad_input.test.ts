import { connect } from 'node:net';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { call, newName, newOrganization, read, send, succeed } from './client.ts';

const json = { 'content-type': 'application/json' };
const post = (
  action: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = json,
) =>
  send(`/api/3/action/${action}`, {
    method: 'POST',
    headers: { authorization: inject('token'), ...headers },
    body,
  });

describe('a request that cannot be read', () => {
  it.each([
    ['malformed', '{'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['a hundred thousand brackets', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('is refused with CKAN’s text when the JSON is %s', async (_what, body) => {
    const response = await post('package_create', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatch(/^Bad request - JSON Error: /);
  });

  it('is refused when it is not UTF-8', async () => {
    const response = await post('package_create', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatch(/^Bad request - JSON Error: /);
  });

  it('is refused when its type is nothing that parameters come in', async () => {
    expect((await post('package_create', '<xml/>', { 'content-type': 'application/xml' })).status).toBe(415);
  });

  it('names an action that does not exist, exactly as clients compare it', async () => {
    const response = await post('datastore_search_sqll', '{}');
    expect([response.status, await response.text()]).toEqual([
      400,
      '"Bad request - Action name not known: datastore_search_sqll"',
    ]);
  });

  it('is refused as too large before it is read', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(inject('url'));
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `POST /api/3/action/package_create HTTP/1.1\r\nHost: x\r\nAuthorization: ${inject('token')}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{`,
        ),
      );
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n', 1)[0] ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });
});

describe('text that no database can hold', () => {
  let organization: string;
  beforeAll(async () => {
    organization = await newOrganization();
  });

  it.each([
    ['a NUL', '"\\u0000"'],
    ['half of a surrogate pair', '"\\ud800"'],
  ])('is refused by the name of its field: %s', async (_what, text) => {
    const name = newName('text');
    const answer = await read(
      await post('package_create', `{"name": "${name}", "owner_org": "${organization}", "notes": ${text}}`),
    );
    expect([answer.status, answer.body.error?.__type]).toEqual([409, 'Validation Error']);
    expect(answer.body.error).toHaveProperty('notes');
    expect((await call('package_show', { id: name })).status).toBe(404);
  });

  it('finds nothing in a read', async () => {
    expect((await call('package_show', { id: 'a\0b' })).status).toBe(404);
    expect((await send('/api/3/action/package_show?id=%00')).status).toBe(404);
    expect((await send('/api/3/action/package_show?id=%FF')).status).toBe(404);
  });
});

describe('a parameter of the wrong type', () => {
  it.each([
    ['package_show', { id: ['a'] }],
    ['package_show', { id: { a: 1 } }],
    ['package_show', { id: 1 }],
    ['package_show', { id: 'x', use_default_schema: 'maybe' }],
    ['package_list', { limit: 'many' }],
    ['package_list', { limit: -1 }],
    ['package_list', { offset: [] }],
    ['package_search', { rows: 'x' }],
    ['package_search', { q: 'title:(' }],
    ['package_create', { name: { a: 1 } }],
    ['package_create', { name: 'wrong', resources: 'x' }],
    ['package_create', { name: 'wrong', tags: ['x'] }],
    ['package_patch', { id: [] }],
    ['resource_create', { package_id: 5 }],
    ['organization_create', { name: ['x'] }],
    ['user_create', { name: 7, email: {}, password: [] }],
    ['api_token_create', { user: {}, name: [] }],
  ])('of %s %j is the client’s error, never a 500', async (action, params) => {
    const { status, body } = await call(action, params);
    expect([400, 403, 404, 409]).toContain(status);
    expect(body.success).toBe(false);
  });
});

describe('a torn upload', () => {
  it('leaves neither a resource nor a file', async () => {
    const dataset = newName('torn');
    await succeed('package_create', { name: dataset, owner_org: await newOrganization() });
    const { hostname, port } = new URL(inject('url'));
    await new Promise<void>((resolve, reject) => {
      const body = `--b\r\nContent-Disposition: form-data; name="package_id"\r\n\r\n${dataset}\r\n--b\r\nContent-Disposition: form-data; name="upload"; filename="a.csv"\r\n\r\n${'x'.repeat(100_000)}`;
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `POST /api/3/action/resource_create HTTP/1.1\r\nHost: x\r\nAuthorization: ${inject('token')}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n${body}`,
          () => socket.destroy(),
        ),
      );
      socket.once('close', () => resolve());
      socket.once('error', reject);
    });
    expect((await succeed('package_show', { id: dataset })).resources).toEqual([]);
  });

  it('that ends before its boundary is refused', async () => {
    const response = await post(
      'resource_create',
      '--b\r\nContent-Disposition: form-data; name="package_id"\r\n\r\nx',
      {
        'content-type': 'multipart/form-data; boundary=b',
      },
    );
    expect(response.status).toBe(400);
  });
});

describe('a token', () => {
  it.each(['nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJqdGkiOiJ4In0.', 'Basic eDp5'])(
    'that is none (%s) makes an anonymous caller, not an error',
    async (token) => {
      expect((await call('status_show', {}, token)).status).toBe(200);
      const { status, body } = await call('package_create', { name: newName('no') }, token);
      expect([status, body.error?.message]).toEqual([
        403,
        'Access denied: User  not authorized to create packages',
      ]);
    },
  );

  it('of another site is refused, although it is signed', async () => {
    const foreign =
      'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJaazNhZXhhbXBsZWp0aSIsImlhdCI6MTcwMDAwMDAwMH0.9AvdnKLodh7ddFNn0VJWBLbw2gprgEsHJsLl5miLgVc';
    expect((await call('user_list', { email: 'x@example.org' }, foreign)).status).toBe(403);
  });

  it('ends with its expiry', async () => {
    const user = newName('user');
    await succeed('user_create', { name: user, email: `${user}@example.org`, password: 'a long password' });
    const { token } = await succeed('api_token_create', { user, name: 'brief', expires_in: -1, unit: 1 });
    expect((await call('dashboard_activity_list', {}, token)).status).toBe(403);
  });
});
