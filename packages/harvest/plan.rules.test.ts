import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMassDeletion, planRecord, type RecordFacts } from './plan.rules.ts';

const facts: RecordFacts = {
  gone: false,
  force: false,
  contentHash: 'new',
  remoteModified: '2026-01-02T00:00:00',
  remembered: undefined,
  dataset: { state: 'active', modified: '2026-01-01T00:00:00' },
  reimport: 'changed',
};
const same = { contentHash: 'new', remoteModified: null };
const older = { contentHash: 'old', remoteModified: null };

describe('planRecord', () => {
  it.each<[string, Partial<RecordFacts>, string]>([
    ['creates what is not there', { dataset: undefined }, 'create'],
    ['leaves the same content alone', { remembered: same }, 'unchanged'],
    [
      'leaves it alone although the local edit is older',
      { remembered: same, dataset: { state: 'active', modified: '1999' } },
      'unchanged',
    ],
    [
      'updates other content although the local edit is newer',
      { remembered: older, dataset: { state: 'active', modified: '2999' } },
      'update',
    ],
    ['updates the same content when forced', { remembered: same, force: true }, 'update'],
    [
      'updates the same content of a source that always does',
      { remembered: same, reimport: 'always' },
      'update',
    ],
    ['goes by the remote time where nothing is remembered', {}, 'update'],
    ['leaves alone what is remotely older', { remoteModified: '2025' }, 'unchanged'],
    ['updates what has no remote time', { remoteModified: undefined }, 'update'],
    [
      'revives what went with its record, however old the record is',
      { remoteModified: '1999', dataset: { state: 'deleted', modified: '2026' } },
      'update',
    ],
    [
      'leaves deleted what people have deleted',
      { remembered: same, dataset: { state: 'deleted', modified: '2026' } },
      'unchanged',
    ],
    ['deletes what is gone', { gone: true }, 'delete'],
    ['need not delete twice', { gone: true, dataset: { state: 'deleted', modified: null } }, 'unchanged'],
    ['need not delete what never was', { gone: true, dataset: undefined }, 'unchanged'],
  ])('%s', (_, change, action) => expect(planRecord({ ...facts, ...change }).action).toBe(action));
});

describe('isMassDeletion', () => {
  const guard = { floor: 10, share: 20 };
  it.each([
    [0, 100, 0, false],
    [1, 100, 0, true],
    [10, 11, 1, false],
    [11, 50, 39, true],
    [20, 100, 80, false],
    [21, 100, 79, true],
  ])('of %i of %i with %i still there is %s', (deletions, current, gathered, held) => {
    expect(isMassDeletion(deletions, current, gathered, guard)).toBe(held);
  });

  it('never lets more go than floor and share allow', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(1000),
        fc.integer({ min: 1, max: 1000 }),
        (deletions, kept, gathered) => {
          const current = deletions + kept;
          if (!isMassDeletion(deletions, current, gathered, guard))
            expect(deletions).toBeLessThanOrEqual(Math.max(guard.floor, (current * guard.share) / 100));
        },
      ),
    );
  });
});
