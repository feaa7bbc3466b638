/** Milliseconds that a run works on one source before the next source has its turn. */
const turn = 10_000;
/** Records claimed at once. */
const size = { first: 50, most: 1000 };

/**
 * Claims records for a turn, again and again: as many at a time as the rest of it is enough for, by how long the ones
 * before took. Those of a slow remote are claimed by few, so that others may have what a run does not come to.
 * @param claim takes up to so many; none when there are no more
 */
export async function* claimsOfTurn<Claimed>(
  now: () => number,
  claim: (limit: number) => Promise<Claimed[]>,
): AsyncGenerator<Claimed[]> {
  const end = now() + turn;
  for (let limit = size.first, started = now(); started < end; started = now()) {
    const claimed = await claim(limit);
    if (claimed.length === 0) return;
    yield claimed;
    const each = Math.max(now() - started, 1) / claimed.length;
    limit = Math.min(Math.max(Math.floor((end - now()) / each), size.first), size.most);
  }
}

/** Claims for once, as many as are claimed at all. */
export async function* claimedOnce<Claimed>(
  claim: (limit: number) => Promise<Claimed[]>,
): AsyncGenerator<Claimed[]> {
  yield await claim(size.most);
}
