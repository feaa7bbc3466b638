import { describe, expect, it } from 'vitest';
import { call, send } from './client.ts';

interface OpenApi {
  paths: Record<string, { get?: unknown; post?: unknown }>;
}

const description = (await (await send('/openapi.json')).json()) as OpenApi;
const actions = Object.entries(description.paths).map(([path, methods]) => ({
  name: path.split('/').at(-1) ?? '',
  isRead: methods.get !== undefined,
}));

describe.each(actions)('$name', ({ name, isRead }) => {
  it('has a help text', async () => {
    const { status, body } = await call('help_show', { name }, null);
    expect([status, typeof body.result]).toEqual([200, 'string']);
  });

  it(`${isRead ? 'accepts' : 'refuses'} GET`, async () => {
    const { status } = await send(`/api/3/action/${name}`);
    if (isRead) expect(status).not.toBe(400);
    else expect(status).toBe(400);
  });

  it('answers a call without parameters, by anybody, with an envelope and no 500', async () => {
    for (const token of [null, undefined]) {
      const { status, body } = await call(name, {}, token);
      expect([200, 400, 403, 404, 409]).toContain(status);
      expect(body).toHaveProperty('success', status === 200);
      expect(body.help).toContain(`help_show?name=${name}`);
    }
  });
});

describe('anonymous callers', () => {
  // Answers everybody with CKAN's text, but ends jobs for sysadmins alone.
  const open = new Set(['harvest_abort_failed_jobs']);
  it('may write nothing', async () => {
    for (const { name, isRead } of actions) {
      if (isRead || open.has(name)) continue;
      const { status } = await call(name, { id: 'x', name: 'x', user: 'x' }, null);
      expect([name, [403, 404, 409].includes(status)]).toEqual([name, true]);
    }
  });
});
