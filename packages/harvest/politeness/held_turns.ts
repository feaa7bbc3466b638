/** The turns that a process has at a host, each of them the right to one request at a time. */
export interface HeldTurns {
  count(): number;
  ids(): string[];
  /** Those without a request. */
  free(): string[];
  /** A turn was granted. */
  add(id: string, now: number): void;
  /** A free one is used from now on. @returns its id; undefined when none is free */
  use(): string | undefined;
  /** The request of a turn has ended. */
  release(id: string): void;
  renewed(ids: readonly string[], now: number): void;
  /** Those that were last renewed before. */
  renewedBefore(time: number): string[];
  drop(ids: readonly string[]): void;
}

export function heldTurns(): HeldTurns {
  const turns = new Map<string, { busy: boolean; renewed: number }>();
  const free = () => [...turns].flatMap(([id, { busy }]) => (busy ? [] : [id]));
  return {
    count: () => turns.size,
    ids: () => [...turns.keys()],
    free,
    add: (id, now) => void turns.set(id, { busy: false, renewed: now }),
    use() {
      const [id] = free();
      const turn = id === undefined ? undefined : turns.get(id);
      if (turn) turn.busy = true;
      return id;
    },
    release(id) {
      const turn = turns.get(id);
      if (turn) turn.busy = false;
    },
    renewed(ids, now) {
      for (const id of ids) {
        const turn = turns.get(id);
        if (turn) turn.renewed = now;
      }
    },
    renewedBefore: (time) => [...turns].flatMap(([id, { renewed }]) => (renewed < time ? [id] : [])),
    drop(ids) {
      for (const id of ids) turns.delete(id);
    },
  };
}
