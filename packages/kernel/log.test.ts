import { expect, it } from 'vitest';
import { createLogger } from './log.ts';

/** What a line of the log says of an error. */
function told(error: Error): string {
  const lines: string[] = [];
  const reader = { level: 'warn', write: (line: string) => void lines.push(line) } as const;
  createLogger({ service: 'test', level: 'silent', also: reader }).warn({ err: error }, 'a session was lost');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

it('tells an error without the objects that hang on it, and with what it says in words and numbers', () => {
  const client = { secretKey: 4711, connection: { password: 'hidden' } };
  const line = told(Object.assign(new Error('lost'), { code: '57P01', client }));
  expect(JSON.parse(line)).toMatchObject({
    msg: 'a session was lost',
    err: { type: 'Error', message: 'lost', code: '57P01', stack: expect.stringContaining('log.test') },
  });
  expect(line).not.toMatch(/secretKey|hidden/);
});

it('tells of a server that no address reaches what became of each', () => {
  const refused = (address: string) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}`), { socket: { secretKey: 4711 } });
  const line = told(new AggregateError([refused('::1'), refused('127.0.0.1')]));
  expect(JSON.parse(line)).toMatchObject({
    err: {
      type: 'AggregateError',
      aggregateErrors: [
        { message: 'connect ECONNREFUSED ::1' },
        { message: 'connect ECONNREFUSED 127.0.0.1' },
      ],
    },
  });
  expect(line).not.toContain('secretKey');
});
