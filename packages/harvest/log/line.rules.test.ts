import { describe, expect, it } from 'vitest';
import { readLine } from './line.rules.ts';

const line = (facts: Record<string, unknown>) =>
  readLine(JSON.stringify({ level: 30, time: 'now', service: 'web', pid: 7, harvest: 'action', ...facts }));

describe('a line of the log', () => {
  it('is kept with what it is about and what went wrong, and without what every line has', () => {
    expect(
      line({ msg: 'gather failed', job: 'j1', source: 's1', err: { type: 'TypeError', message: 'oh' } }),
    ).toEqual({
      level: 'INFO',
      part: 'action',
      content: 'gather failed (job: j1, source: s1): TypeError: oh',
    });
  });

  it('is none of the harvester’s unless it says so', () => {
    expect(readLine(JSON.stringify({ level: 30, msg: 'gate changed' }))).toBeUndefined();
  });

  it.each([
    [10, 'DEBUG'],
    [20, 'DEBUG'],
    [30, 'INFO'],
    [40, 'WARNING'],
    [50, 'ERROR'],
    [60, 'CRITICAL'],
  ])('of pino’s level %i has the word %s', (level, word) => {
    expect(line({ level, msg: 'x' })?.level).toBe(word);
  });

  it.each([
    [
      'asked https://ada:hunter2@tea.test/x?api_key=hunter2&q=1 in vain',
      'asked https://tea.test/x?api_key=***&q=1 in vain',
    ],
    ['{"api_key": "hunter2 x", "url": 1}', '{"api_key": ***, "url": 1}'],
    ["{'password': 'hunter2'}", "{'password': ***}"],
    ['Authorization: hunter2', 'Authorization: ***'],
    ['token=hunter2; more', 'token=***; more'],
  ])('hides the secrets of %s', (msg, content) => {
    expect(line({ msg })?.content).toBe(content);
  });

  it('can be stored whatever it holds', () => {
    expect(line({ msg: 'a\0b\ud800c' })?.content).toBe('ab\ufffdc');
    expect(line({ msg: 'x'.repeat(20_000) })?.content).toHaveLength(10_000);
  });
});
