import { systemRuntime } from '@portolan/kernel';
import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';
import { sealAudit, trimAudit, verifyAudit } from './chain.ts';
import { type AuditEntry, listAudit } from './list.ts';

let test: TestSite;
let ann: User;
beforeAll(async () => {
  test = await testSite();
  ann = await test.account('ann');
  await test.must('organization_create', { name: 'tea' });
});
const entries = async (filter: object = {}): Promise<AuditEntry[]> => {
  await sealAudit(test.site);
  return listAudit(test.site.db, { limit: 1000, ...filter });
};
const verdict = async (anchor?: string) => {
  await sealAudit(test.site);
  return verifyAudit(test.site.db, anchor);
};

describe('the audit log', () => {
  it('has every write with who, what, and what it concerned', async () => {
    const made = (await test.must('package_create', { name: 'leaves', owner_org: 'tea' })) as { id: string };
    const [entry] = await entries({ concerns: 'leaves' });
    expect(entry).toMatchObject({
      via: 'api',
      action: 'package_create',
      outcome: 'done',
      user_name: 'admin',
      concerns: expect.arrayContaining([made.id, 'leaves', 'tea']),
      parameters: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await entries({ user: 'admin' })).length).toBeGreaterThan(2);
    expect(await entries({ user: 'ann' })).toEqual([]);
  });

  it('has nothing of a write that failed but that it was refused', async () => {
    await test.call('package_patch', ann, { id: 'leaves', notes: 'x' });
    await test.call('package_create', test.admin, { name: 'X!', owner_org: 'tea' });
    await test.call('package_create', undefined, { name: 'nobody' });
    const [refused, denied] = await entries();
    expect(denied).toMatchObject({ action: 'package_patch', outcome: 'denied', user_name: 'ann' });
    expect(refused).toMatchObject({ action: 'package_create', outcome: 'refused', user_name: 'admin' });
    test.set({ 'portolan.audit.refused': 'none' });
    await test.call('package_patch', ann, { id: 'leaves', notes: 'x' });
    expect((await entries())[0]?.position).toBe(refused?.position);
    test.set({ 'portolan.audit.refused': 'all' });
    await test.call('package_create', undefined, { name: 'nobody' });
    expect((await entries())[0]).toMatchObject({ outcome: 'denied', user_name: null });
    test.set({});
  });

  it('has what somebody typed by hand', async () => {
    const options = test.site.db.pool.options as unknown as { connectionString: string };
    const client = new pg.Client({ connectionString: options.connectionString, application_name: 'psql' });
    await client.connect();
    await client.query(`UPDATE package SET title = 'By hand' WHERE name = 'leaves'`);
    await client.query(`UPDATE package SET title = 'Nobody' WHERE name = 'missing'`);
    await client.end();
    const [entry, before] = await entries();
    expect(entry).toMatchObject({ via: 'sql', action: 'UPDATE package', request_id: 'psql' });
    expect(entry?.user_name).toBeTruthy();
    expect(before?.via).toBe('api');
  });

  it('is read by sysadmins alone', async () => {
    for (const action of ['audit_list', 'audit_verify'])
      for (const caller of [undefined, ann])
        expect(await test.call(action, caller)).toMatchObject({ status: 403 });
    expect(await test.must('audit_list', { dataset: 'leaves', since: '2020-01-01', limit: 1 })).toHaveLength(
      1,
    );
    expect(await test.call('audit_list', test.admin, { since: '2020-02-31' })).toMatchObject({ status: 409 });
  });

  it('keeps the chain whole while many write and many seal', async () => {
    await Promise.all([
      ...Array.from({ length: 8 }, (_, one) =>
        test.must('package_create', { name: `many-${one}`, owner_org: 'tea' }),
      ),
      ...Array.from({ length: 8 }, () => sealAudit(test.site)),
    ]);
    const { rows, faults, anchor } = await verdict();
    expect(faults).toEqual([]);
    expect(rows).toBe((await entries()).length);
    expect((await verdict(anchor)).faults).toEqual([]);
  });
});

describe('the chain', () => {
  const middle = async () => {
    const all = await entries();
    return all[Math.floor(all.length / 2)]!.position;
  };
  let anchor: string;
  beforeEach(async () => {
    ({ anchor } = await verdict());
  });
  /** Tampers in a transaction that is taken back, and gives what the check says meanwhile. */
  async function tampered(...statements: string[]) {
    let found: Awaited<ReturnType<typeof verifyAudit>> | undefined;
    await test.site.db
      .transact(async (tx) => {
        for (const statement of statements) await tx.rows(statement);
        found = await verifyAudit(tx, anchor);
        throw new Error('taken back');
      })
      .catch(() => {});
    return found?.faults.map(({ position }) => position);
  }

  it('shows an edited row', async () => {
    const row = await middle();
    expect(await tampered(`UPDATE portolan.audit SET user_name = 'bob' WHERE position = ${row}`)).toEqual([
      row,
    ]);
  });
  it('shows a row whose hash was made to fit', async () => {
    const row = await middle();
    expect(
      await tampered(
        `UPDATE portolan.audit SET user_name = 'bob' WHERE position = ${row}`,
        `UPDATE portolan.audit a SET hash = portolan.audit_hash(b.hash, a) FROM portolan.audit b
         WHERE a.position = ${row} AND b.position = ${row - 1}`,
      ),
    ).toEqual([row + 1]);
  });
  it('shows a removed row, and a removed end or beginning', async () => {
    const row = await middle();
    expect(await tampered(`DELETE FROM portolan.audit WHERE position = ${row}`)).toEqual([row + 1]);
    expect(await tampered(`DELETE FROM portolan.audit WHERE position > ${row}`)).toEqual([
      row,
      expect.any(Number),
    ]);
    expect(await tampered(`DELETE FROM portolan.audit WHERE position < ${row}`)).toEqual([row]);
    expect(
      await tampered(
        `UPDATE portolan.audit_seal s SET trimmed_position = a.position, trimmed_hash = a.hash FROM portolan.audit a
         WHERE a.position = ${row}`,
        `DELETE FROM portolan.audit WHERE position <= ${row}`,
      ),
    ).toEqual([row]);
  });
  it('shows rows that changed places', async () => {
    const row = await middle();
    const faults = await tampered(
      `UPDATE portolan.audit SET position = -1 WHERE position = ${row}`,
      `UPDATE portolan.audit SET position = ${row} WHERE position = ${row + 1}`,
      `UPDATE portolan.audit SET position = ${row + 1} WHERE position = -1`,
    );
    expect(faults).toContain(row);
  });
  it('shows a chain that was made anew, to who has kept an anchor', async () => {
    const faults = await tampered(
      `UPDATE portolan.audit SET hash = 'other' WHERE position = (SELECT max(position) FROM portolan.audit)`,
      `UPDATE portolan.audit_seal SET hash = 'other'`,
    );
    expect(faults).toContain(Number.parseInt(anchor, 10));
  });

  it('is shortened by the retention, and stays whole', async () => {
    const before = await verdict();
    test.set({ 'portolan.audit.retention_days': '1' });
    const now = test.clock.now;
    // The log's times are the database's.
    test.clock.now = systemRuntime.now();
    expect(await trimAudit(test.site)).toBe(0);
    test.clock.now = systemRuntime.now() + 2 * 86_400_000;
    expect(await trimAudit(test.site)).toBe(before.rows);
    test.clock.now = now;
    const after = await verdict();
    expect(after.faults).toEqual([]);
    expect(after.rows).toBe(1);
    await test.must('package_patch', { id: 'leaves', notes: 'later' });
    expect((await verdict(after.anchor)).faults).toEqual([]);
  });
});
