import { expect, it } from 'vitest';
import { createLogger } from './log.ts';

it('tells an error without the objects that hang on it, and with what it says in words and numbers', () => {
  const lines: string[] = [];
  const reader = { level: 'warn', write: (line: string) => void lines.push(line) } as const;
  const log = createLogger({ service: 'test', level: 'silent', also: reader });
  const client = { secretKey: 4711, connection: { password: 'hidden' } };
  log.warn({ err: Object.assign(new Error('lost'), { code: '57P01', client }) }, 'a session was lost');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'a session was lost',
    err: { type: 'Error', message: 'lost', code: '57P01', stack: expect.stringContaining('log.test') },
  });
  expect(lines[0]).not.toMatch(/secretKey|hidden/);
});
