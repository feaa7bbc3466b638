import { type Case, datasetRequests, requests } from './requests.ts';
import type { World } from './world.ts';

/** A call that is in order, in a world. */
export interface Usual {
  params(about: Case): object;
  renew(world: World): Promise<void>;
}

/** The usual call of an action: about others where it may be about oneself, since a sysadmin could lock themselves out. */
export function usualCall(action: string): Usual | undefined {
  const ofDataset = datasetRequests[action];
  if (ofDataset)
    return {
      params: (about) => ofDataset.params(about.world.datasets.public, about),
      renew: async (world) => (ofDataset.uses ? world.renewDataset('public') : undefined),
    };
  const label = Object.keys(requests).find((one) => one.split(' ')[0] === action && !one.endsWith(' self'));
  const request = requests[label ?? ''];
  return (
    request && {
      params: request.params,
      renew: async (world) => (request.uses ? world.renewSpares() : undefined),
    }
  );
}
