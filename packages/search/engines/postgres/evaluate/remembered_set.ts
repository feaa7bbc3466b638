import { Bits } from '../column/bits.ts';
import { FoundSet } from '../memory/found_set.ts';
import type { Plan, Run } from './match.ts';
import type { Steps } from './steps.ts';

/** The documents of a plan without scores: where they are known, it runs over the changed ones alone. */
export const rememberedSet = (run: Run, key: string, plan: Plan): Steps<FoundSet> =>
  run.use(
    key,
    function* () {
      const { bits } = yield* plan(run);
      return new FoundSet(bits);
    },
    function* (known, slots) {
      const among = new Bits(run.columns.size);
      for (const slot of slots) among.add(slot);
      const { bits } = yield* plan({ ...run, among });
      known.admit(slots, bits);
    },
  );
