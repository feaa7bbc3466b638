import { type Caller, dispatch, findAction, JsonText, type Params, type Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { HarvestSite } from '../site.ts';

/** What the command line's harvester words work with. */
export interface HarvesterCli {
  site: Site;
  harvest: HarvestSite;
}

/** A command that failed: what to tell on standard error; the exit code is not zero. */
export class HarvesterCliFailure extends Error {}

/** Runs an action as the portal itself. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export async function act(cli: HarvesterCli, name: string, params: Params): Promise<any> {
  const action = findAction(name);
  if (!action) throw new HarvesterCliFailure(`There is no action ${name}`);
  const caller: Caller = { user: undefined, ignoreAuth: true };
  const result = await dispatch(cli.site, action, caller, params);
  return result instanceof JsonText ? JSON.parse(result.text) : result;
}

/** A job, or a source, that a command does not find. */
export function unknownJob(error: unknown): never {
  if (error instanceof PortolanError && error.code === 'notFound')
    throw new HarvesterCliFailure(error.detail ?? 'Job not found.');
  throw error;
}

/** `There is 1 harvest source`, `There are 2 harvest sources`. */
export const sentence = (count: number, thing: string): string =>
  count === 1 ? `There is 1 ${thing}` : `There are ${count} ${thing}s`;
