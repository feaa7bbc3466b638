import { dispatch, findAction, JsonText, type Site } from '@portolan/catalogue';
import { CommandError } from './environment.ts';

/** Runs an action as the portal itself, rules not asked, and gives its result. */
// biome-ignore lint/suspicious/noExplicitAny: any action's result
export async function act(site: Site, name: string, params: Record<string, unknown> = {}): Promise<any> {
  const action = findAction(name);
  if (!action) throw new CommandError(`Action name not known: ${name}`, 3);
  const result = await dispatch(site, action, { user: undefined, ignoreAuth: true }, params);
  return result instanceof JsonText ? JSON.parse(result.text) : result;
}
