import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { claimPort } from './port.ts';

it('gives every caller a port of its own, which can be listened at and that no outgoing connection gets', async () => {
  const claimed = await Promise.all(Array.from({ length: 200 }, claimPort));
  expect(new Set(claimed.map(({ port }) => port)).size).toBe(200);
  for (const { port, release } of claimed) {
    expect(port).toBeLessThan(32_768);
    const server = createServer().listen(port);
    await once(server, 'listening');
    server.close();
    release();
  }
});
