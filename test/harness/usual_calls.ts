import { usualCall } from '../authorisation/usual_call.ts';
import { makeWorld } from '../authorisation/world.ts';

/** Parameters with which a sysadmin's calls are in order, about things that were made for them on a server. */
export interface UsualCalls {
  params(action: string): object;
  /** Makes anew what a call that succeeded has used up, and everything where it has spoilt more than that. */
  renew(action: string): Promise<void>;
}

export const hasUsualCall = (action: string): boolean => usualCall(action) !== undefined;

export async function usualCalls(server: { url: string; token: string }): Promise<UsualCalls> {
  const made = () => makeWorld(server, { collaborators: false });
  let world = await made();
  return {
    params: (action) => usualCall(action)!.params({ world, caller: 'sysadmin', self: 'admin' }),
    async renew(action) {
      await usualCall(action)!
        .renew(world)
        .catch(async () => {
          world = await made();
        });
    },
  };
}
