import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer =
  | string
  | Buffer
  | { status?: number; headers?: Record<string, string>; body: string | Buffer }
  | ((request: PageRequest, response: ServerResponse) => Answer | undefined);

interface PageRequest {
  url: URL;
  body: string;
  headers: IncomingHttpHeaders;
}

export interface DocumentServer {
  /** `host:port` */
  host: string;
  url: string;
  /** What is served, by path; anything else is not found. May be changed at any time. */
  pages: Record<string, Answer>;
  close(): void;
}

/** A web server of invented documents on loopback. */
export async function documentServer(pages: Record<string, Answer> = {}): Promise<DocumentServer> {
  const served = { pages };
  const server = createServer((request, response) => {
    void answer(request, response, served.pages);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    get pages() {
      return served.pages;
    },
    set pages(next) {
      served.pages = next;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, pages: Record<string, Answer>) {
  const url = new URL(request.url ?? '/', 'http://server.test');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  let page: Answer | undefined = pages[url.pathname] ?? { status: 404, body: 'Not found' };
  if (typeof page === 'function')
    page = page({ url, body: Buffer.concat(chunks).toString(), headers: request.headers }, response);
  if (page === undefined) return; // The page answers by itself, in its own time.
  if (typeof page === 'string' || Buffer.isBuffer(page)) page = { body: page };
  if (typeof page === 'function') throw new Error('A page answered with a page');
  response
    .writeHead(page.status ?? 200, page.headers ?? { 'content-type': 'application/xml' })
    .end(page.body);
}
