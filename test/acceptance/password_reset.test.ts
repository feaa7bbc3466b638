import { describe, expect, it } from 'vitest';
import { newName, send } from './client.ts';

const form = (path: string, fields: Record<string, string>) =>
  send(path, { method: 'POST', body: new URLSearchParams(fields) });

describe('a forgotten password', () => {
  it('has a page that asks who forgot it', async () => {
    const page = await send('/user/reset');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).toContain('name="user"');
  });

  it('is answered alike whether or not there is such an account', async () => {
    const answers = await Promise.all(
      ['admin', newName('nobody')].map(async (user) => (await form('/user/reset', { user })).text()),
    );
    expect(answers[0]).toContain('unless the account specified does not exist');
    expect(answers[1]).toBe(answers[0]);
  });

  it('needs a name or an address', async () => {
    const answer = await form('/user/reset', { user: ' ' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('Email is required');
  });

  it('has no page for an account that is not there, or behind a key that is wrong', async () => {
    expect((await send(`/user/reset/${newName('id')}?key=00000000`)).status).toBe(404);
    const answer = await send('/user/reset/admin?key=00000000');
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(page).toContain('Invalid reset key');
    expect(page).not.toContain('password1');
  });

  it.each([
    ['a wrong key', { password1: 'long-enough', password2: 'long-enough' }, 404],
    ['two passwords', { password1: 'long-enough', password2: 'other-enough' }, 400],
  ])('is not set with %s', async (_what, fields, status) => {
    expect((await form(`/user/reset/${newName('id')}?key=00000000`, fields)).status).toBe(status);
  });
});
