import { asciiJson, dispatch, findAction, JsonText, type Site } from '@portolan/catalogue';

/** Runs an action as the portal itself and gives its result as a client would get it. */
export async function runAction(site: Site, name: string, params: Record<string, unknown>): Promise<unknown> {
  const result = await dispatch(site, findAction(name)!, { user: undefined, ignoreAuth: true }, params);
  return JSON.parse(result instanceof JsonText ? result.text : asciiJson(result)) as unknown;
}
