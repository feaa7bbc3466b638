/** Milliseconds that a run works on one source before the next source has its turn, and that a further turn has. */
const turn = { first: 10_000, further: 40_000 };
/** Milliseconds for which a run has one turn after the other while no other source waits for one. */
const longest = 120_000;
/** Records claimed at once. */
const size = { first: 50, most: 1000 };

/**
 * Claims records for a turn, again and again: as many at a time as the rest of it is enough for, by how long the ones
 * before took. Those of a slow remote are claimed by few, so that others may have what a run does not come to.
 * @param claim takes up to so many; none when there are no more
 * @param mayGoOn asked when a turn is over: nobody else waits for one
 */
export async function* claimsOfTurns<Claimed>(
  now: () => number,
  claim: (limit: number) => Promise<Claimed[]>,
  mayGoOn: () => Promise<boolean>,
): AsyncGenerator<Claimed[]> {
  const last = now() + longest;
  for (let limit = size.first, started = now(), end = started + turn.first; ; started = now()) {
    const claimed = await claim(limit);
    if (claimed.length === 0) return;
    yield claimed;
    const each = Math.max(now() - started, 1) / claimed.length;
    // A rest that is not enough for the fewest that are claimed is none. After a death fewer are given than were asked for.
    if (end - now() < each * Math.min(size.first, claimed.length)) {
      if (now() >= last || !(await mayGoOn())) return;
      end = now() + turn.further;
    }
    limit = Math.min(Math.max(Math.floor((end - now()) / each), size.first), size.most);
  }
}

/** Claims for once, as many as are claimed at all. */
export async function* claimedOnce<Claimed>(
  claim: (limit: number) => Promise<Claimed[]>,
): AsyncGenerator<Claimed[]> {
  yield await claim(size.most);
}
