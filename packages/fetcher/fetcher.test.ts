// One file on purpose: what the one way out of the portal promises, over the same local servers.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { silentLogger, systemRuntime } from '@portolan/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher } from './fetcher.ts';
import type { FetcherOptions } from './options.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(handler: Handler): Promise<{ url: string; host: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, requests };
}

/** A server that writes what it likes, HTTP or not. */
async function serveRaw(talk: (socket: Socket) => void): Promise<{ url: string; host: string }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => talk(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host };
}

function fetcherFor(hosts: string[], options: Partial<FetcherOptions> = {}): Fetcher {
  const fetcher = createFetcher({
    runtime: systemRuntime,
    logger: silentLogger,
    allow: hosts,
    userAgent: 'Test harvester (+http://portal.test)',
    minIntervalPerHost: 0,
    backoff: 1,
    ...options,
  });
  closers.push(() => fetcher.close());
  return fetcher;
}

const kind = (name: string) => expect.objectContaining({ name: 'FetchError', kind: name });

describe('an ordinary request', () => {
  it('brings status, headers and text, and says who asks', async () => {
    const server = await serve((_, response) => response.setHeader('etag', '"1"').end('grüße'));
    const document = await fetcherFor([server.host]).read(`${server.url}/a?b=c`);
    expect(document).toMatchObject({ status: 200, url: `${server.url}/a?b=c`, notModified: false });
    expect(document.headers['etag']).toBe('"1"');
    expect(document.text()).toBe('grüße');
    expect(server.requests[0]?.headers['user-agent']).toBe('Test harvester (+http://portal.test)');
  });

  it('keeps the query as it is written', async () => {
    const server = await serve((_, response) => response.end());
    await fetcherFor([server.host]).read(`${server.url}/?rows=100&start=0&sort=id+asc&fq=a%3Ab`);
    expect(server.requests[0]?.url).toBe('/?rows=100&start=0&sort=id+asc&fq=a%3Ab');
  });

  it('turns userinfo into an Authorization header', async () => {
    const server = await serve((_, response) => response.end());
    const document = await fetcherFor([server.host]).read(`http://me:hush%21@${server.host}/`);
    expect(server.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('me:hush!').toString('base64')}`,
    );
    expect(document.url).not.toContain('hush');
  });

  it('asks conditionally and reports that nothing changed', async () => {
    const server = await serve((request, response) => {
      response.statusCode = request.headers['if-none-match'] === '"1"' ? 304 : 200;
      response.end();
    });
    const document = await fetcherFor([server.host]).read(server.url, {
      etag: '"1"',
      lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
    expect(document).toMatchObject({ status: 304, notModified: true });
    expect(server.requests[0]?.headers['if-modified-since']).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  });

  it('tells a wrong status and text that is no JSON', async () => {
    const server = await serve((request, response) => {
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end('<html>');
    });
    const fetcher = fetcherFor([server.host]);
    await expect(fetcher.read(`${server.url}/missing`)).rejects.toMatchObject({
      kind: 'status',
      status: 404,
    });
    expect((await fetcher.fetch(`${server.url}/missing`)).status).toBe(404);
    expect((await fetcher.read(server.url)).text()).toBe('<html>');
    const document = await fetcher.read(server.url);
    expect(() => document.json()).toThrow(kind('decode'));
  });

  it('ends with the reason of the caller who gave up', async () => {
    const server = await serve(() => undefined);
    const gone = new AbortController();
    let told = 0;
    const onAnswer = () => void told++;
    const reading = fetcherFor([server.host]).read(server.url, { signal: gone.signal, onAnswer });
    const reason = new Error('job cancelled');
    setImmediate(() => gone.abort(reason));
    await expect(reading).rejects.toBe(reason);
    // It says nothing about the server.
    expect(told).toBe(0);
  });
});

describe('inside addresses', () => {
  it('are refused without a connection', async () => {
    const server = await serve((_, response) => response.end());
    await expect(fetcherFor([]).read(server.url)).rejects.toEqual(kind('blocked'));
    expect(server.requests).toHaveLength(0);
  });

  it('are refused when a name resolves to them', async () => {
    const server = await serve((_, response) => response.end());
    const port = server.url.split(':').at(-1);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await expect(fetcherFor([], { resolve }).read(`http://rebound.test:${port}/`)).rejects.toEqual(
      kind('blocked'),
    );
    await expect(
      fetcherFor([], { resolve }).read(`http://rebound.test:${port}/a?token=hush`),
    ).rejects.toThrow(`URL not allowed: http://rebound.test:${port}/a?token=***`);
    expect(server.requests).toHaveLength(0);
  });

  it('are refused when the portal’s own service is there, allowed or not', async () => {
    const server = await serve((_, response) => response.end());
    const port = server.url.split(':').at(-1);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const fetcher = fetcherFor(['127.0.0.0/8', `named.test:${port}`], { resolve, own: [server.host] });
    for (const url of [server.url, `http://named.test:${port}/`])
      await expect(fetcher.read(url)).rejects.toEqual(kind('blocked'));
    expect(server.requests).toHaveLength(0);
  });

  it('are left out when a name has open addresses too', async () => {
    const server = await serve((_, response) => response.end());
    const port = server.url.split(':').at(-1);
    const resolve = async () => [
      { address: '10.255.255.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const fetcher = fetcherFor(['127.0.0.0/8'], { resolve });
    expect((await fetcher.read(`http://mixed.test:${port}/`)).status).toBe(200);
  });

  it('cannot be reached by a name server that changes its answer', async () => {
    const server = await serve((_, response) => response.end('inside'));
    const port = server.url.split(':').at(-1);
    let asked = 0;
    // 192.0.2.0/24 is allowed here as a stand-in for the open internet: nothing answers there.
    const resolve = async () => [{ address: asked++ % 2 === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
    const fetcher = fetcherFor(['192.0.2.0/24'], {
      resolve,
      connectTimeout: 200,
      headersTimeout: 400,
      retries: 3,
    });
    await expect(fetcher.read(`http://rebinding.test:${port}/`)).rejects.toMatchObject({
      name: 'FetchError',
    });
    expect(server.requests).toHaveLength(0);
  });

  it('are refused as the target of a redirect', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    for (const location of [
      inside.url,
      'http://169.254.169.254/',
      'file:///etc/passwd',
      'gopher://127.0.0.1:6379/_x',
      '//0x7f.1/',
    ]) {
      const server = await serve((_, response) => response.writeHead(302, { location }).end());
      await expect(fetcherFor([server.host]).read(server.url)).rejects.toEqual(kind('blocked'));
    }
    expect(inside.requests).toHaveLength(0);
  });

  it('are not reached through a proxy of the environment', async () => {
    const proxy = await serve((_, response) => response.end('proxied'));
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' });
    try {
      const server = await serve((_, response) => response.end('direct'));
      expect((await fetcherFor([server.host]).read(server.url)).text()).toBe('direct');
      expect(proxy.requests).toHaveLength(0);
    } finally {
      process.env = before;
    }
  });
});

describe('redirects', () => {
  it('are followed, relative ones too, and end at the final address', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/end') response.end('here');
      else response.writeHead(301, { location: 'end' }).end();
    });
    expect(await fetcherFor([server.host]).read(`${server.url}/start`)).toMatchObject({
      url: `${server.url}/end`,
    });
  });

  it('are given up after five', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(fetcherFor([server.host]).read(server.url)).rejects.toEqual(kind('redirect'));
    expect(server.requests).toHaveLength(6);
  });

  it('are given up without a usable Location', async () => {
    const server = await serve((_, response) => response.writeHead(302).end());
    await expect(fetcherFor([server.host]).read(server.url)).rejects.toEqual(kind('redirect'));
  });

  it('leave what identifies the caller at its origin', async () => {
    const other = await serve((_, response) => response.end());
    const server = await serve((request, response) => {
      response
        .writeHead(302, { location: request.url === '/' ? '/same' : `http://u:p@${other.host}/` })
        .end();
    });
    const headers = { Authorization: 'key', 'X-CKAN-API-Key': 'key', 'X-Plain': 'kept' };
    await fetcherFor([server.host, other.host]).read(server.url, { headers });
    expect(server.requests[1]?.headers).toMatchObject({ authorization: 'key', 'x-ckan-api-key': 'key' });
    expect(other.requests[0]?.headers['x-plain']).toBe('kept');
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('x-ckan-api-key');
  });

  it.each([
    [303, 'GET', ''],
    [302, 'GET', ''],
    [307, 'POST', 'body'],
  ])('after POST and %i go on as %s', async (status, method, body) => {
    let seen = '';
    const server = await serve((request, response) => {
      if (request.url === '/') {
        request.resume();
        response.writeHead(status, { location: '/next' }).end();
      } else request.on('data', (chunk) => (seen += chunk)).on('end', () => response.end());
    });
    await fetcherFor([server.host]).read(server.url, { method: 'POST', body: 'body' });
    expect(server.requests[1]?.method).toBe(method);
    expect(seen).toBe(body);
  });
});

describe('a flood', () => {
  it('is refused by its announced length before it is read', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 1001 }).end(Buffer.alloc(1001)),
    );
    await expect(fetcherFor([server.host], { maxBytes: 1000 }).read(server.url)).rejects.toEqual(
      kind('tooLarge'),
    );
  });

  it('is cut off when it never ends', async () => {
    const server = await serve((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    await expect(fetcherFor([server.host], { maxBytes: 10_000_000 }).read(server.url)).rejects.toEqual(
      kind('tooLarge'),
    );
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('packed with %s is cut off by its ratio', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(30_000_000));
    const server = await serve((_, response) => response.setHeader('content-encoding', encoding).end(bomb));
    await expect(fetcherFor([server.host]).read(server.url)).rejects.toMatchObject({
      kind: 'tooLarge',
      message: expect.stringContaining('expands'),
    });
  });

  it('of headers is refused', async () => {
    const server = await serveRaw((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`),
    );
    await expect(fetcherFor([server.host], { retries: 0 }).read(server.url)).rejects.toEqual(
      kind('tooLarge'),
    );
  });
});

describe('content encodings', () => {
  const text = 'page '.repeat(1000);
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['identity', (data: Buffer) => data],
  ])('%s is undone', async (encoding, pack) => {
    const server = await serve((_, response) =>
      response.setHeader('content-encoding', encoding).end(pack(Buffer.from(text))),
    );
    expect((await fetcherFor([server.host]).read(server.url)).text()).toBe(text);
  });

  it.each([
    ['gzip, gzip', gzipSync(gzipSync('x'))],
    ['compress', Buffer.from('x')],
    ['gzip', Buffer.from('plain')],
    ['gzip', gzipSync(text).subarray(0, 30)],
  ])('%s that cannot be undone is an error', async (encoding, body) => {
    const server = await serve((_, response) => response.setHeader('content-encoding', encoding).end(body));
    await expect(fetcherFor([server.host]).read(server.url)).rejects.toEqual(kind('decode'));
  });

  it.each([
    ['text/xml; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
    ['text/xml', Buffer.from([0xff, 0xfe, 0xe9, 0]), 'é'],
    ['text/xml; charset=ascii', Buffer.from([0xef, 0xbb, 0xbf, 0xc3, 0xa9]), 'é'],
  ])('text of %s is read', async (type, body, expected) => {
    const server = await serve((_, response) => response.setHeader('content-type', type).end(body));
    expect((await fetcherFor([server.host]).read(server.url)).text()).toBe(expected);
  });
});

describe('a server that makes us wait', () => {
  it('for its header is given up', async () => {
    const server = await serve(() => undefined);
    await expect(
      fetcherFor([server.host], { headersTimeout: 50, retries: 0 }).read(server.url),
    ).rejects.toEqual(kind('timeout'));
  });

  it('by dripping header bytes is given up', async () => {
    const server = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx: ');
      const timer = setInterval(() => socket.write('y'), 10);
      socket.on('close', () => clearInterval(timer));
    });
    await expect(
      fetcherFor([server.host], { headersTimeout: 100, retries: 0 }).read(server.url),
    ).rejects.toEqual(kind('timeout'));
  });

  it('by dripping body bytes is given up', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write('y'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const fetcher = fetcherFor([server.host], { idleTimeout: 100, minProgress: 1000, retries: 0 });
    await expect(fetcher.read(server.url)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('progress'),
    });
  });

  it('in all longer than a request may take is given up', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(2000)), 10);
      response.on('close', () => clearInterval(timer));
    });
    const fetcher = fetcherFor([server.host], { timeout: 150, retries: 0 });
    await expect(fetcher.read(server.url)).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('not done'),
    });
  });

  it('is not blamed for a reader that takes its time', async () => {
    const server = await serve((_, response) => response.end(Buffer.alloc(300_000)));
    const response = await fetcherFor([server.host], { idleTimeout: 400 }).fetch(server.url);
    let length = 0;
    for await (const chunk of response.body) {
      if (length === 0) await new Promise((resolve) => setTimeout(resolve, 500));
      length += chunk.length;
    }
    expect(length).toBe(300_000);
  });
});

describe('repetition', () => {
  it.each([429, 502, 503, 504])('follows status %i', async (status) => {
    let left = 2;
    const server = await serve((_, response) =>
      response.writeHead(left-- > 0 ? status : 200, { 'retry-after': '0' }).end('ok'),
    );
    expect((await fetcherFor([server.host]).read(server.url)).text()).toBe('ok');
    expect(server.requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 500])('does not follow status %i', async (status) => {
    const server = await serve((_, response) => response.writeHead(status).end());
    await expect(fetcherFor([server.host]).read(server.url)).rejects.toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  it('does not follow POST, unless that only asks', async () => {
    const server = await serve((_, response) => response.writeHead(503).end());
    const fetcher = fetcherFor([server.host]);
    expect((await fetcher.fetch(server.url, { method: 'POST' })).status).toBe(503);
    expect(server.requests).toHaveLength(1);
    await fetcher.fetch(server.url, { method: 'POST', repeatable: true, retries: 2 });
    expect(server.requests).toHaveLength(1 + 3);
  });

  it('ends after three with the last answer', async () => {
    const server = await serve((_, response) => response.writeHead(503).end());
    expect((await fetcherFor([server.host]).fetch(server.url)).status).toBe(503);
    expect(server.requests).toHaveLength(4);
  });

  it('does not outwait a server that asks for an hour', async () => {
    const server = await serve((_, response) => response.writeHead(503, { 'retry-after': '3600' }).end());
    expect((await fetcherFor([server.host]).fetch(server.url)).status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  it('follows a connection that breaks, also in the middle of a body', async () => {
    let left = 2;
    const server = await serve((_, response) => {
      left--;
      if (left === 1) response.socket?.destroy();
      else if (left === 0) {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half', () => response.socket?.destroy());
      } else response.end('whole');
    });
    expect((await fetcherFor([server.host]).read(server.url)).text()).toBe('whole');
  });

  it('stops at a host that has failed too often', async () => {
    const server = await serve((_, response) => response.socket?.destroy());
    const fetcher = fetcherFor([server.host], { circuitThreshold: 2, retries: 5 });
    await expect(fetcher.read(server.url)).rejects.toEqual(kind('circuit'));
    expect(server.requests).toHaveLength(2);
  });

  it('tells a name that does not exist from a server that does not listen', async () => {
    const server = await serve(() => undefined);
    const resolve = async () => {
      throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
    };
    await expect(fetcherFor([], { resolve, retries: 0 }).read('http://nowhere.test/')).rejects.toEqual(
      kind('dns'),
    );
    for (const close of closers.splice(0).reverse()) await close();
    await expect(fetcherFor([server.host], { retries: 0 }).read(server.url)).rejects.toEqual(
      kind('connection'),
    );
  });
});

describe('turns at a host', () => {
  it('end with the body, read, discarded or out of time', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(100_000)));
    const fetcher = fetcherFor([server.host], { concurrencyPerHost: 1, timeout: 1000 });
    await fetcher.read(server.url);
    (await fetcher.fetch(server.url)).discard();
    for await (const _ of (await fetcher.fetch(server.url)).body) break;
    await fetcher.fetch(server.url);
    await fetcher.read(server.url);
    expect(server.requests).toHaveLength(5);
  });
});
