import { send } from './client.ts';

export interface Mirrored {
  kind: string;
  id: string;
  name: string;
  state: string;
  etag: string;
  // biome-ignore lint/suspicious/noExplicitAny: a document of any kind
  document: any;
}

interface Page {
  changes: (Partial<Mirrored> & {
    change: 'update' | 'delete';
    kind: string;
    id: string;
    position?: number;
  })[];
  cursor: string;
  more: boolean;
  snapshot: boolean;
}

/** A copy of the catalogue that is kept by nothing but the change feed, as a site that shows datasets keeps one. */
export class Mirror {
  readonly objects = new Map<string, Mirrored>();
  /** Positions it has been told, in order. */
  readonly positions: number[] = [];
  #cursor: string | undefined;
  readonly #token: string | null;

  constructor(token: string | null) {
    this.#token = token;
  }

  /** One request; asks again when the server is away. @returns whether there was more */
  async step(wait = 0): Promise<boolean> {
    const query = new URLSearchParams({ include: 'document', limit: '20', wait: String(wait) });
    if (this.#cursor) query.set('since', this.#cursor);
    const headers: Record<string, string> = this.#token ? { authorization: this.#token } : {};
    const response = await send(`/api/3/changes?${query}`, { headers });
    if (response.status !== 200) throw new Error(`the feed answered ${response.status}`);
    const { result } = (await response.json()) as { result: Page };
    for (const entry of result.changes) {
      if (entry.position !== undefined) this.positions.push(entry.position);
      if (entry.change === 'delete') this.objects.delete(entry.id);
      else this.objects.set(entry.id, entry as unknown as Mirrored);
    }
    this.#cursor = result.cursor;
    return result.more;
  }

  /** Follows until there has been nothing new for as long as a change takes to get into the feed. */
  async catchUp(): Promise<void> {
    for (let before = -1; before !== this.positions.length; ) {
      before = this.positions.length;
      while (await this.step(2));
    }
  }
}
