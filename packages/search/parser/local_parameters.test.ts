import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../../../test/harness/processor_time.ts';
import { readLocalParameters } from './local_parameters.ts';

describe('leading local parameters', () => {
  it.each([
    ['flood', undefined],
    ['flood {!lucene}', undefined],
    ['{!lucene}flood', 'lucene'],
    [' {!term f=tags}x', 'term'],
    ["{!type=term f=tags v='a b'}", 'term'],
    ['{!f=tags}x', ''],
  ])('of %s', (text, expected) => {
    const read = readLocalParameters(text);
    expect(read && 'parser' in read ? read.parser : read).toBe(expected);
  });

  it.each(['{!', '{!}', '{!lucene', '{!a b="}'])('of %s cannot be read', (text) =>
    expect(readLocalParameters(text)).toHaveProperty('problem'),
  );

  it('are found or not in any text, soon', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readLocalParameters(`{!${text}`)));
    const spent = processorTime();
    readLocalParameters(`{!${'a'.repeat(100_000)}`);
    expect(spent()).toBeLessThan(1000);
  });
});
