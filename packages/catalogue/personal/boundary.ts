import type { Call, Params, Site } from '../action/call.ts';
import { type Action, JsonText, Unchanged } from '../action/declaration.ts';
import { canEdit } from '../dataset/may_edit.ts';
import { withoutPersonalData, withoutPersonalText } from './fields.rules.ts';

/** Whether people who are named in datasets are named only to who may change the dataset. */
export const hidesPersonalData = ({ config }: Pick<Site, 'config'>): boolean =>
  config.profile === 'datagovuk';

/** For actions that nobody calls to the end without being allowed to change what they show. */
export const toItsEditors = (): boolean => true;

interface Owned {
  id: string;
  owner_org: string | null;
}

/**
 * Whether the caller may see whom a dataset names: who changes it has to, or the change would erase it.
 * @param find the dataset, looked for only where it matters
 */
export async function maySeePersonalData(
  call: Call,
  find: () => Owned | undefined | Promise<Owned | undefined>,
): Promise<boolean> {
  if (!hidesPersonalData(call.site) || call.ignoreAuth) return true;
  if (!call.user || call.user.state === 'deleted') return false;
  const dataset = await find();
  return dataset !== undefined && canEdit(call, dataset);
}

/** What leaves the portal without an action's own say about who may see it: text of other formats, `/solr`. */
export const shownToAnybody = <Value>(site: Pick<Site, 'config'>, value: Value): Value =>
  hidesPersonalData(site) ? (withoutPersonalData(value) as Value) : value;

/**
 * A result as the caller may see it: the one place that every answer of an action passes. What an action does not
 * declare to be for those who may change the dataset names nobody, whoever asks.
 */
export async function shownToCaller(
  call: Call,
  action: Action,
  params: Params,
  subject: unknown,
  result: unknown,
): Promise<unknown> {
  if (!hidesPersonalData(call.site) || call.ignoreAuth) return result;
  if (await action.namesPeople?.(call, params, subject)) return result;
  if (result instanceof JsonText)
    return new JsonText(withoutPersonalText(result.text), result.etag && anonymousEtag(result.etag));
  if (result instanceof Unchanged) return new Unchanged(anonymousEtag(result.etag));
  return withoutPersonalData(result);
}

const mark = '.anonymous';

/** The validator of a text without the people that it names. */
export const anonymousEtag = (etag: string): string => etag + mark;

/** Of validators that a caller holds, those of whole texts or, without their mark, those of texts that name nobody. */
export const heldEtags = (held: readonly string[] | undefined, named: boolean): string[] =>
  (held ?? []).flatMap((etag) => {
    if (named) return etag;
    return etag.endsWith(mark) ? etag.slice(0, -mark.length) : [];
  });
