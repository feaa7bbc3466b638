import { Bits } from '../column/bits.ts';
import { FoundSet } from '../memory/found_set.ts';
import type { Plan, Run } from './match.ts';

/** The documents of a plan without scores: where they are known, it runs over the changed ones alone. */
export function rememberedSet(run: Run, key: string, plan: Plan): FoundSet {
  return run.use(
    key,
    () => new FoundSet(plan(run).bits),
    (known, slots) => {
      const among = new Bits(run.columns.size);
      for (const slot of slots) among.add(slot);
      known.admit(slots, plan({ ...run, among }).bits);
    },
  );
}
