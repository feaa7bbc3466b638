import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Portal, removeFolder, startPortal } from '../acceptance/portal.ts';
import { ask } from '../authorisation/client.ts';
import { askRow, expectedMatrix, isRefused, rowsOf } from '../authorisation/matrix.ts';
import { leftOut } from '../authorisation/requests.ts';
import { makeWorld } from '../authorisation/world.ts';
import { copyData } from './copy_data.ts';

describe('the authorisation', () => {
  // A portal with collaborators, as the one that the table was compared with.
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({
      data: copyData(inject('prepared')),
      env: {
        CKAN__AUTH__ALLOW_DATASET_COLLABORATORS: 'true',
        CKAN__AUTH__ALLOW_ADMIN_COLLABORATORS: 'true',
        PORTOLAN_SERVICES: 'api,relay',
      },
    });
  });
  afterAll(async () => {
    await portal.end('SIGTERM');
    removeFolder(portal.data);
  });

  it('answers every kind of caller about every action and state of a dataset as the table says', async () => {
    const { paths } = (await (await fetch(`${portal.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const isRead = (action: string) => 'get' in (paths[`/api/3/action/${action}`] ?? {});
    const expected = expectedMatrix();
    const different: string[] = [];
    const rows = rowsOf(await makeWorld(portal));
    for (const row of rows) {
      const wish = expected.get(row.label);
      const answers = await askRow(row, (caller) => isRead(row.action) || isRefused(wish ?? '', caller));
      if (answers !== wish) different.push(`${row.label}: expected ${wish}, got ${answers}`);
    }
    expect(different).toEqual([]);
    expect([...expected.keys()].sort()).toEqual(rows.map((row) => row.label).sort());

    const actions = Object.keys(paths).map((path) => path.split('/').at(-1) ?? '');
    const asked = new Set([...rows.map((row) => row.action), ...Object.keys(leftOut)]);
    expect(actions.filter((name) => !asked.has(name))).toEqual([]);
    expect((await ask(portal, 'status_show', {}, null)).status).toBe(200);
  }, 240_000);
});
