import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, type ChangingType, recordsAt } from './changing_records.ts';

/** A source whose records change from step to step. */
export interface ChangingSource {
  name: string;
  type: ChangingType;
  url: string;
  config: object;
  /** What it lists from now on, see `recordsAt`. */
  step: number;
}

/** Milliseconds that a server takes to answer: long enough for a process to be killed meanwhile. */
const slowness = 250;

const kinds: { type: ChangingType; path: string; config: object; share: number }[] = [
  { type: 'dcat_json', path: '/data.json', config: {}, share: 1 },
  { type: 'ckan', path: '', config: { force_all: true, delete_missing: true }, share: 1 },
  // Its documents are fetched one by one, two a second.
  { type: 'waf', path: '/waf/', config: {}, share: 0.4 },
];

/** Sources at addresses of their own, so that each is a host that politeness is due to. */
export async function serveChangingSources(
  count: number,
  records: number,
): Promise<{ sources: ChangingSource[]; close(): void }> {
  const servers: Server[] = [];
  const sources: ChangingSource[] = [];
  for (let source = 0; source < count; source++) {
    const { type, path, config, share } = kinds[source % kinds.length]!;
    const own: ChangingSource = { name: `source-${source}`, type, url: '', config, step: 0 };
    const server = createServer(async (request, response) => {
      await sleep(slowness);
      const listed = recordsAt(own.step, Math.round(records * share));
      const text = answerOf({ type, source, records: listed }, new URL(request.url ?? '/', 'http://x'));
      response.writeHead(text === undefined ? 404 : 200).end(request.method === 'HEAD' ? '' : text);
    }).listen(0, `127.0.1.${source + 1}`);
    await once(server, 'listening');
    const { address, port } = server.address() as AddressInfo;
    own.url = `http://${address}:${port}${path}`;
    servers.push(server);
    sources.push(own);
  }
  return {
    sources,
    close() {
      for (const server of servers) server.close();
    },
  };
}
