import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (from 32768 on). */
const [first, beyond] = [20_000, 32_768];

/** Where to look next. Processes begin apart, so that they seldom ask for the same. */
let next = first + ((process.pid * 61) % (beyond - first));

/** A port of the loopback address that is kept for this process and its children until it is released. */
export interface ClaimedPort {
  port: number;
  /** When somebody listens there. A process that ends releases its ports. */
  release(): void;
}

/**
 * A port at which nobody listens. Nobody comes by it before it is listened at: outgoing connections have other ports,
 * and others who claim one see the claim, a UDP socket of the same number.
 */
export async function claimPort(): Promise<ClaimedPort> {
  for (;;) {
    const port = next++;
    if (next === beyond) next = first;
    const claim = await openClaim(port);
    if (!claim) continue;
    if (await canListen(port)) return { port, release: () => claim.close() };
    claim.close();
  }
}

async function openClaim(port: number): Promise<Socket | undefined> {
  const socket = createSocket('udp4').unref();
  try {
    socket.bind({ port, address: '127.0.0.1', exclusive: true });
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throwUnlessTaken(error);
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    throwUnlessTaken(error);
    return false;
  }
  await once(server.close(), 'close');
  return true;
}

/** Other errors than that somebody has the port, or that it is kept from us, would meet every port. */
function throwUnlessTaken(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
}
