import { FetchError, type Fetcher } from '@portolan/fetcher';

type Json = Record<string, unknown>;

/** A CKAN somewhere else, over its API. */
export interface RemoteCkan {
  readonly url: string;
  /** Calls an action by GET. @throws RemoteError */
  action<Result>(name: string, params?: Record<string, string>): Promise<Result>;
  /** A file of the remote's, streamed; nothing when it is not there for us. */
  download(address: string): Promise<Awaited<ReturnType<Fetcher['fetch']>> | undefined>;
}

/** The remote refused, or could not be asked. */
export class RemoteError extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export function remoteCkan(address: string, token: string | undefined, fetcher: Fetcher): RemoteCkan {
  const url = address.replace(/\/+$/, '');
  const headers: Record<string, string> = token ? { authorization: token, 'x-ckan-api-key': token } : {};
  const ownHost = new URL(url).host;
  return {
    url,
    async action<Result>(name: string, params: Record<string, string> = {}): Promise<Result> {
      try {
        const document = await fetcher.read(`${url}/api/3/action/${name}?${new URLSearchParams(params)}`, {
          headers,
        });
        return (document.json() as { result: Result }).result;
      } catch (error) {
        if (!(error instanceof FetchError)) throw error;
        throw new RemoteError(`${name}: ${error.message}`, error.status, { cause: error });
      }
    },
    async download(file) {
      // The token is for the remote alone, wherever its files lie.
      const own = new URL(file).host === ownHost ? { headers } : {};
      const response = await fetcher.fetch(file, own);
      if (response.status === 200) return response;
      response.discard();
      return undefined;
    },
  };
}

const page = 100;

/** Names of all organisations or groups, of which a CKAN gives at most so many at a time. */
export async function remoteNames(remote: RemoteCkan, kind: 'organization' | 'group'): Promise<string[]> {
  const names = new Set<string>();
  for (;;) {
    const known = names.size;
    const offset = String(known);
    for (const name of await remote.action<string[]>(`${kind}_list`, {
      sort: 'name asc',
      limit: '1000',
      offset,
    }))
      names.add(name);
    if (names.size === known) return [...names];
  }
}

/**
 * Every dataset that the token may see, drafts and private ones too, in an order that stays. A CKAN may give fewer at
 * a time than are asked for.
 */
export async function* remoteDatasets(remote: RemoteCkan): AsyncGenerator<Json[]> {
  for (let start = 0; ; ) {
    const { results } = await remote.action<{ results: Json[] }>('package_search', {
      q: '*:*',
      fq: '-dataset_type:harvest',
      sort: 'id asc',
      rows: String(page),
      start: String(start),
      include_private: 'true',
      include_drafts: 'true',
    });
    if (results.length === 0) return;
    yield results;
    start += results.length;
  }
}

/** What the token may not see is left out. */
export async function orNothing<Result>(ask: () => Promise<Result[]>): Promise<Result[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RemoteError && (error.status === 403 || error.status === 401)) return [];
    throw error;
  }
}
