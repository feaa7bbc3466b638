import type { Db } from '@portolan/db';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import type { IndexDocument, SearchEngine } from '@portolan/search';
import type { ObjectStore } from '@portolan/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import type { Site } from '../action/call.ts';
import { readDocument } from '../dataset/read_document.ts';
import { catchUpWith } from './catch_up.ts';
import { runRelay } from './relay.ts';

/** Keeps what it was told last of each dataset. */
const indexed = new Map<string, IndexDocument>();
let away = false;
const engine: Pick<SearchEngine, 'write' | 'remove'> = {
  async write(_tx, documents) {
    if (away) throw new Error('the engine is away');
    for (const document of documents) indexed.set(document.packageId, document);
    return { checksums: new Map(), form: '' };
  },
  async remove(_tx, ids) {
    for (const id of ids) indexed.delete(id);
  },
};

let db: Db;
let site: Site;
const stop = new AbortController();
let relay: Promise<void>;
beforeAll(async () => {
  ({ db } = await testDatabase());
  site = {
    config: loadConfig({ env: { PORTOLAN_INDEX_WAIT_MS: '300' } }),
    runtime: systemRuntime,
    db,
    search: engine as SearchEngine,
    files: {} as ObjectStore,
    mailer: noMailer,
    gate: { closed: false },
    logger: silentLogger,
    version: '2.11.5',
  };
  await db.rows(`INSERT INTO "group" (id, name, title, type, state, is_organization)
                 VALUES ('o', 'org', 'Tea', 'organization', 'active', true)`);
});
afterAll(async () => {
  stop.abort();
  await relay;
});

const insert = (id: string) =>
  db.rows(
    `INSERT INTO package (id, name, title, state, type, owner_org) VALUES ($1::text, $1::text, 'First', 'active', 'dataset', 'o')`,
    [id],
  );
const pending = async () => (await db.rows('SELECT FROM portolan.outbox')).length;
const title = async (id: string) => {
  const document = await readDocument(site, db, id);
  return document && JSON.parse(document.text ?? '{}').title;
};

describe('the outbox', () => {
  it('notes each dataset that SQL by hand changes, once a statement', async () => {
    await insert('a');
    await insert('b');
    await db.rows('DELETE FROM portolan.outbox');
    await db.rows(`INSERT INTO resource (id, url, package_id, state, position)
                   VALUES ('r1', 'http://x.example', 'a', 'active', 0), ('r2', 'http://y.example', 'a', 'active', 1)`);
    await db.rows(`UPDATE "group" SET title = 'Coffee' WHERE id = 'o'`);
    await db.rows(`UPDATE resource SET package_id = 'b' WHERE id = 'r2'`);
    const rows = await db.rows<{ key: string }>('SELECT key FROM portolan.outbox ORDER BY id');
    expect(rows.map((row) => row.key)).toEqual(['a', 'a', 'b', 'a', 'b']);
  });

  it('is settled by the writer that waits for its entry', async () => {
    await catchUpWith(site, ['a']);
    expect(indexed.get('a')?.fields['organization']).toEqual(['org']);
    expect((await db.rows(`SELECT FROM portolan.outbox WHERE key = 'a'`)).length).toBe(0);
    expect((await db.rows(`SELECT FROM portolan.outbox WHERE key = 'b'`)).length).toBe(2);
  });

  it('keeps readers from a text that is older than the rows', async () => {
    expect(await title('a')).toBe('First');
    await db.rows(`UPDATE package SET title = 'Second' WHERE id = 'a'`);
    expect(await title('a')).toBe('Second');
    await catchUpWith(site, ['a']);
    expect(await title('a')).toBe('Second');
    expect((await db.rows(`SELECT FROM portolan.dataset_document WHERE package_id = 'a'`)).length).toBe(1);
  });

  it('waits no longer than it is told while the engine is away, and loses nothing', async () => {
    away = true;
    await db.rows(`UPDATE package SET title = 'Third' WHERE id = 'a'`);
    await catchUpWith(site, ['a']);
    expect(await title('a')).toBe('Third');
    expect(indexed.get('a')?.fields['title']).toEqual(['Second']);
    away = false;
    await catchUpWith(site, ['a']);
    expect(indexed.get('a')?.fields['title']).toEqual(['Third']);
  });
});

describe('the relay', () => {
  it('follows changes made by hand, purges too', async () => {
    relay = runRelay(site, stop.signal);
    await expect.poll(pending).toBe(0);
    await db.rows(`UPDATE "group" SET name = 'renamed' WHERE id = 'o'`);
    await expect.poll(() => indexed.get('b')?.fields['organization']).toEqual(['renamed']);
    await db.rows(`DELETE FROM resource WHERE package_id = 'b'`);
    await db.rows(`DELETE FROM package WHERE id = 'b'`);
    await expect.poll(() => indexed.has('b')).toBe(false);
    expect(await readDocument(site, db, 'b')).toBeUndefined();
  });

  it('goes on when its LISTEN session is ended', async () => {
    await db.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN portolan_outbox' AND datname = current_database()`,
    );
    await db.rows(`UPDATE package SET title = 'Fourth' WHERE id = 'a'`);
    await expect.poll(() => indexed.get('a')?.fields['title']).toEqual(['Fourth']);
  });
});
