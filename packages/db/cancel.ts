import { connect } from 'node:net';
import type pg from 'pg';

/** PostgreSQL's number of a request to cancel, in place of a version of the protocol. */
const cancelCode = 80_877_102;
/** Milliseconds in which the server has to take the request. */
const patience = 2000;

/** Of a session: what a request to cancel needs to know. `pg` has its key, and does not declare it. */
type Session = Pick<pg.Client, 'host' | 'port' | 'end'> & { processID: number; secretKey: number };

/**
 * Runs one statement of a session; once `signal` is aborted it is cancelled on the server, and the session ended if
 * that fails. `overtaken` is told when the statement was over first: the request may then hit what follows.
 * @throws the reason of `signal` when that ended the statement; what the statement throws otherwise
 */
export async function cancellable<Result>(
  client: pg.ClientBase,
  signal: AbortSignal,
  statement: () => Promise<Result>,
  overtaken: () => void,
): Promise<Result> {
  signal.throwIfAborted();
  const session = client as unknown as Session;
  let cancelled: Promise<boolean> | undefined;
  const cancel = () => {
    cancelled = requestCancel(session).then(
      () => true,
      // Nobody else would end it, and somebody waits. What is said of the lost session is no news.
      () => session.end().then(() => false),
    );
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await statement();
    if (cancelled) overtaken();
    return result;
  } catch (error) {
    if (!cancelled) throw error;
    const wasTaken = await cancelled;
    if (wasTaken && (error as { code?: string }).code !== '57014') {
      overtaken();
      throw error;
    }
    if (!wasTaken) overtaken();
    throw signal.reason;
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancelled;
  }
}

/**
 * Asks as the protocol has it, on a connection of its own: that needs no free session, neither here nor of the
 * server. Returns when the server has passed the request on, which it says by hanging up.
 */
function requestCancel({ host, port, processID, secretKey }: Session): Promise<void> {
  const request = Buffer.alloc(16);
  for (const [place, number] of [request.length, cancelCode, processID].entries())
    request.writeInt32BE(number, place * 4);
  request.writeInt32BE(secretKey | 0, 12);
  return new Promise((resolve, reject) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(patience, () => socket.destroy(new Error('the server took no request to cancel')));
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume();
    socket.write(request);
  });
}
