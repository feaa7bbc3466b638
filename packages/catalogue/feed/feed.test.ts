import { systemRuntime } from '@portolan/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';
import type { JsonText } from '../action/declaration.ts';
import { forgetChanges, sequenceChanges } from './sequence.ts';
import { endWaits } from './wait.ts';

interface Entry {
  change: 'update' | 'delete';
  kind: string;
  id: string;
  name?: string;
  state?: string;
  etag?: string;
  position?: number;
  document?: { title: string; extras: unknown[] };
}
interface Page {
  changes: Entry[];
  cursor: string;
  more: boolean;
  snapshot: boolean;
  changes_cursor?: string;
}

let test: TestSite;
let editor: User;
let stranger: User;
beforeAll(async () => {
  test = await testSite();
  editor = await test.account('editor');
  stranger = await test.account('stranger');
  await test.must('organization_create', { name: 'tea', users: [{ name: 'editor', capacity: 'editor' }] });
});

async function read(params: object, caller: User | undefined = test.admin): Promise<Page> {
  const answer = await test.call('changes_list', caller, params as Record<string, unknown>);
  if ('error' in answer) throw new Error(`${answer.status} ${JSON.stringify(answer.error)}`);
  return JSON.parse((answer.result as JsonText).text);
}
const now = async () => {
  await sequenceChanges(test.site);
  return (await read({ since: 'now' })).cursor;
};
async function after(cursor: string, caller?: User | null): Promise<Entry[]> {
  await sequenceChanges(test.site);
  const { changes } = await read({ since: cursor }, caller === null ? nobody : (caller ?? test.admin));
  return changes;
}
const nobody = undefined as unknown as User;
const told = (entries: Entry[]) => entries.map(({ change, id }) => `${change} ${id}`);
const dataset = async (fields: object = {}) =>
  (await test.must('package_create', {
    name: `d-${systemRuntime.id().slice(0, 8)}`,
    owner_org: 'tea',
    ...fields,
  })) as { id: string; name: string };
const asNobody = (cursor: string) => test.call('changes_list', undefined, { since: cursor });
const publicChanges = async (cursor: string): Promise<Entry[]> => {
  await sequenceChanges(test.site);
  const answer = await asNobody(cursor);
  return 'result' in answer ? (JSON.parse((answer.result as JsonText).text) as Page).changes : [];
};

describe('the change feed', () => {
  it('tells each committed write once, in order, deletions and purges too', async () => {
    const start = await now();
    const one = await dataset();
    const two = await dataset();
    await test.must('package_patch', { id: one.id, notes: 'x', tags: [{ name: 'leaf' }] });
    await test.must('package_delete', { id: two.id });
    await test.must('dataset_purge', { id: two.id });
    await test.must('package_patch', { id: one.id, notes: 'y' });
    const entries = await after(start);
    expect(entries.map(({ id }) => id)).toEqual([one.id, two.id, one.id, two.id, two.id, one.id]);
    expect(told(entries).filter((line) => line.includes(two.id))).toEqual(Array(3).fill(`delete ${two.id}`));
    expect(entries[0]).toMatchObject({ kind: 'dataset', name: one.name, type: 'dataset', state: 'active' });
    expect(new Set(entries.map(({ position }) => position)).size).toBe(6);
  });

  it('tells nothing of what was rolled back', async () => {
    const start = await now();
    await test.call('package_create', test.admin, { name: 'x', owner_org: 'tea' });
    await test.site.db
      .transact(async (tx) => {
        await tx.rows(`UPDATE package SET title = 'never'`);
        throw new Error('no');
      })
      .catch(() => {});
    expect(await after(start)).toEqual([]);
  });

  it('misses no transaction that commits after one that began later', async () => {
    const early = await dataset();
    const late = await dataset();
    const start = await now();
    const held = await test.site.db.session();
    await held.query('BEGIN');
    await held.query(`UPDATE package SET title = 'held' WHERE id = $1`, [early.id]);
    await test.must('package_patch', { id: late.id, title: 'quick' });
    const first = await after(start);
    expect(told(first)).toEqual([`update ${late.id}`]);
    const between = (await read({ since: start })).cursor;
    await held.query('COMMIT');
    await held.end();
    expect(told(await after(between))).toEqual([`update ${early.id}`]);
    expect(told(await after(start))).toEqual([`update ${late.id}`, `update ${early.id}`]);
  });

  it('keeps the order of writers who waited for each other', async () => {
    const { id } = await dataset();
    const other = await dataset();
    const start = await now();
    const held = await test.site.db.session();
    await held.query('BEGIN');
    await held.query(`UPDATE package SET title = 'first' WHERE id = $1`, [id]);
    const waiting = test.must('package_patch', { id, title: 'second' });
    await test.must('package_patch', { id: other.id, title: 'meanwhile' });
    await held.query('COMMIT');
    await held.end();
    await waiting;
    expect((await after(start)).filter((entry) => entry.id === id)).toHaveLength(2);
  });

  it('places each change once, however many sequencers run beside many writers', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => dataset()));
    const start = await now();
    let writing = true;
    const sequencers = Array.from({ length: 3 }, async () => {
      while (writing) await sequenceChanges(test.site);
    });
    await Promise.all(
      made.map(async ({ id }, writer) => {
        for (let turn = 0; turn < 10; turn++) {
          if (turn % 3 === 2)
            await test.site.db
              .transact(async (tx) => {
                await tx.rows(`UPDATE package SET title = 'undone' WHERE id = $1`, [id]);
                throw new Error('no');
              })
              .catch(() => {});
          else await test.must('package_patch', { id, notes: `${writer} ${turn}` });
        }
      }),
    );
    writing = false;
    await Promise.all(sequencers);
    await sequenceChanges(test.site);
    const walked: Entry[] = [];
    for (
      let page: Page = await read({ since: start, limit: 3 });
      ;
      page = await read({ since: page.cursor, limit: 3 })
    ) {
      walked.push(...page.changes);
      if (!page.more) break;
    }
    for (const { id } of made) expect(walked.filter((entry) => entry.id === id)).toHaveLength(7);
    expect(walked).toHaveLength(28);
  });

  it('hears of SQL typed by hand, of organisations, and of what changes with them', async () => {
    const { id } = await dataset();
    const start = await now();
    await test.site.db.rows(`UPDATE "group" SET title = 'Ministry of Tea' WHERE name = 'tea'`);
    await test.site.db.rows(
      `INSERT INTO package_extra (id, package_id, key, value, state) VALUES ('e', $1, 'k', 'v', 'active')`,
      [id],
    );
    const entries = await after(start);
    expect(entries.filter((entry) => entry.kind === 'organization')).toHaveLength(1);
    expect(entries.filter((entry) => entry.id === id)).toHaveLength(2);
  });

  it('is noted once for a dataset that is written whole, and for each child that is written alone', async () => {
    const notes = async (id: string) =>
      (await test.site.db.rows('SELECT FROM portolan.change_note WHERE key = $1', [id])).length;
    const { id } = await dataset({
      tags: [{ name: 'noted' }],
      extras: [{ key: 'k', value: 'v' }],
      resources: [{ url: 'http://x.test' }],
    });
    expect(await notes(id)).toBe(1);
    await test.site.db.rows(`UPDATE resource SET name = 'alone' WHERE package_id = $1`, [id]);
    expect(await notes(id)).toBe(2);
    await test.site.db.transact(async (tx) => {
      await tx.rows('UPDATE package SET title = $2 WHERE id = $1', [id, 'Together']);
      await tx.rows(`UPDATE package_extra SET value = 'together' WHERE package_id = $1`, [id]);
    });
    expect(await notes(id)).toBe(3);
  });

  it('tells who may not see a dataset any more that it is gone, and nothing else of it', async () => {
    const open = await dataset();
    const hidden = await dataset({ private: true });
    const start = await now();
    await test.must('package_patch', { id: hidden.id, notes: 'secret' });
    await test.must('package_patch', { id: open.id, private: true });
    await test.must('package_patch', { id: open.id, notes: 'secret' });
    expect(await publicChanges(start)).toEqual([
      { change: 'delete', kind: 'dataset', id: open.id, position: expect.any(Number) },
    ]);
    expect(told(await after(start, stranger))).toEqual([`delete ${open.id}`]);
    expect(told(await after(start, editor))).toEqual([
      `update ${hidden.id}`,
      `update ${open.id}`,
      `update ${open.id}`,
    ]);
    const later = await now();
    await test.must('package_patch', { id: open.id, private: false });
    expect(told(await publicChanges(later))).toEqual([`update ${open.id}`]);
  });

  it('begins with the whole catalogue, page by page, and goes on with what changed meanwhile', async () => {
    const gone = await dataset();
    await dataset();
    await now();
    const seen = new Map<string, Entry>();
    let page = await read({ limit: 2, include: 'document' });
    const changesFrom = page.changes_cursor;
    let purged = false;
    for (;;) {
      for (const entry of page.changes) {
        if (entry.change === 'update') seen.set(entry.id, entry);
        else seen.delete(entry.id);
      }
      if (!purged && seen.has(gone.id)) {
        await test.must('dataset_purge', { id: gone.id });
        await dataset({ title: 'New one' });
        await sequenceChanges(test.site);
        purged = true;
      }
      if (page.snapshot) expect(page.changes_cursor).toBe(changesFrom);
      if (!page.snapshot && !page.more) break;
      page = await read({ since: page.cursor, limit: 2, include: 'document' });
    }
    const rows = await test.site.db.rows<{ id: string }>(
      `SELECT id FROM package WHERE state <> 'deleted' UNION ALL SELECT id FROM "group" WHERE state = 'active'`,
    );
    expect([...seen.keys()].sort()).toEqual(rows.map((row) => row.id).sort());
    expect([...seen.values()].some((entry) => entry.document?.title === 'New one')).toBe(true);
  });

  it('gives documents and validators as package_show does', async () => {
    const start = await now();
    const { id } = await dataset({ title: 'Shown' });
    await sequenceChanges(test.site);
    const [entry] = (await read({ since: start, include: 'document' })).changes;
    const shown = (await test.must('package_show', { id })) as JsonText;
    expect(entry?.document).toEqual(JSON.parse(shown.text));
    expect(entry?.etag).toBe(shown.etag);
  });

  it('waits for a change no longer than it is told, and is woken by one', async () => {
    const start = await now();
    const began = performance.now();
    expect((await read({ since: start, wait: 1 })).changes).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(900);
    const waiting = read({ since: start, wait: 30 });
    const { id } = await dataset();
    await sequenceChanges(test.site);
    expect(told((await waiting).changes)).toEqual([`update ${id}`]);
    const leaving = read({ since: await now(), wait: 30 });
    endWaits(test.site);
    expect((await leaving).changes).toEqual([]);
  });

  it.each([
    [{ since: 'nonsense' }, 'since'],
    [{ since: ['a'] }, 'since'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ wait: -1 }, 'wait'],
    [{ include: 'all' }, 'include'],
  ])('refuses %j', async (params, field) => {
    expect(await test.call('changes_list', undefined, params)).toMatchObject({
      status: 409,
      error: { [field]: [expect.any(String)] },
    });
  });

  it('says that a cursor is too old, or of a state before a backup was restored', async () => {
    const old = await now();
    await dataset();
    const last = await now();
    test.clock.now = systemRuntime.now() + 31 * 86_400_000;
    expect(await forgetChanges(test.site)).toBeGreaterThan(0);
    expect(await asNobody(old)).toMatchObject({
      status: 410,
      error: { message: expect.stringContaining('start anew') },
    });
    expect((await read({ since: last })).changes).toEqual([]);
    await test.site.db.rows(`UPDATE portolan.change SET sequenced = sequenced + interval '1 second'`);
    expect(await asNobody(last)).toMatchObject({ status: 410 });
  });
});
