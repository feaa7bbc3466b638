import { createServer, type Server } from 'node:http';

/** A `data.json` of invented datasets, served by pages of the clock: slow enough to be killed in the middle. */
export async function serveCatalogue(datasets: number): Promise<{ url: string; server: Server }> {
  const document = JSON.stringify({
    dataset: Array.from({ length: datasets }, (_, one) => ({
      identifier: `https://example.org/id/${one}`,
      title: `Station ${one}`,
      description: `Levels measured at station ${one}`,
      keyword: ['water', `river ${one % 7}`],
      modified: '2024-05-01',
      publisher: { name: 'Ministry of Water' },
      distribution: Array.from({ length: 3 }, (_, file) => ({
        title: `File ${file}`,
        downloadURL: `https://example.org/files/${one}/${file}.csv`,
        format: 'CSV',
      })),
    })),
  });
  const server = createServer((request, response) => {
    const page = new URL(request.url ?? '/', 'http://x').searchParams.get('page');
    if (page !== null) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(request.method === 'HEAD' ? '' : document);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    server,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/data.json`,
  };
}
