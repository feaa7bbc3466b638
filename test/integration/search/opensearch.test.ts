import { Client } from '@opensearch-project/opensearch';
import type { Tx } from '@portolan/db';
import {
  type IndexDocument,
  openSearchFormat,
  openSearchSearcher,
  postgresEngine,
  type SearchEngine,
} from '@portolan/search';
import { afterAll, describe } from 'vitest';
import { testDatabase } from '../../harness/database.ts';
import { startServer } from '../server.ts';
import { searchConformance } from './conformance.ts';

const server = startServer('opensearch', { OPENSEARCH_PORT: process.env['OPENSEARCH_PORT'] ?? '19241' });
afterAll(() => server?.stop());

describe.skipIf(!server)('the OpenSearch engine (needs ../shared/servers/opensearch)', () => {
  const client = new Client({ node: server?.variables['OPENSEARCH_URL'] ?? 'http://localhost:1' });
  const index = `conformance-${process.pid}`;
  const target = { _index: index };

  async function feed(tx: Tx, documents: IndexDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const rows = await tx.rows<{ package_id: string; number: number }>(
      'SELECT package_id, number FROM portolan.search_document',
    );
    const numbers = new Map(rows.map(({ package_id, number }) => [package_id, number]));
    const lines = documents.flatMap((document) => [
      { index: { ...target, _id: document.packageId } },
      openSearchFormat.source({ ...document, number: numbers.get(document.packageId)! }),
    ]);
    const { body } = await client.bulk({ refresh: true, body: lines } as never);
    if (body.errors) throw new Error(JSON.stringify(body.items));
  }

  searchConformance(async () => {
    const { db } = await testDatabase();
    await client.indices.create({ index, body: openSearchFormat.body() } as never);
    const tables = postgresEngine();
    const engine: SearchEngine = {
      ...tables,
      ...openSearchSearcher({ client, index }),
      async write(tx, documents) {
        const checksums = await tables.write(tx, documents);
        await feed(tx, documents);
        return checksums;
      },
      async remove(tx, ids) {
        await tables.remove(tx, ids);
        const lines = ids.map((_id) => ({ delete: { ...target, _id } }));
        if (lines.length > 0) await client.bulk({ refresh: true, body: lines } as never);
      },
      async clear(tx) {
        await tables.clear(tx);
        const query = { match_all: {} };
        await client.deleteByQuery({ index, refresh: true, body: { query } } as never);
      },
    };
    return { engine, db };
  });
  afterAll(() => client.indices.delete({ index }).catch(() => undefined));
});
