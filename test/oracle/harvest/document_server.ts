import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Documents } from './scenario.ts';

/** Serves invented documents on loopback to whoever harvests; what is not there is a 404. @param port 0: any */
export async function serveDocuments(port: number) {
  let documents: Documents = {};
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://documents');
    let sent = '';
    for await (const part of request.setEncoding('utf8')) sent += part;
    const found = documents[pathname + search] ?? documents[pathname];
    const answer = typeof found === 'function' ? found(searchParams, sent) : found;
    const body = Buffer.from(answer?.body ?? '<html><body>Nothing here</body></html>');
    response.writeHead(answer ? (answer.status ?? 200) : 404, {
      'content-length': body.length,
      ...answer?.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(those: Documents): void {
      documents = those;
    },
    end: () => new Promise((resolve) => server.close(resolve)),
  };
}
