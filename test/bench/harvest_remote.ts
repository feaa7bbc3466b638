// Serves a remote catalogue in a process of its own, so that what it takes is not the harvester's: TYPE RECORDS.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { benchRemotes } from './harvest_remotes.ts';

const [type = '', records] = process.argv.slice(2);
const served = benchRemotes[type]?.(Number(records));
if (!served) throw new Error(`There is no remote of type ${type}`);
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://remote');
  response.end(served.answer(url, Buffer.concat(chunks).toString()));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.once('disconnect', () => process.exit());
process.send?.((server.address() as AddressInfo).port);
