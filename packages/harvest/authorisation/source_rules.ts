import {
  alwaysAllowed,
  type Call,
  canEdit,
  type DatasetRow,
  findDataset,
  notAuthorised,
  type Params,
} from '@portolan/catalogue';
import { denied, notFound } from '@portolan/kernel';
import { pythonText } from '@portolan/schema';
import { findSource, findSourceByReference, type Source } from '../source/source.repo.ts';

/** An id as CKAN's messages print it: `None` when there is none. */
export const printed = (value: unknown): string => (typeof value === 'string' ? value : pythonText(value));

/**
 * The source a call is about, by id alone, for those who may change it.
 * @param what as in `User … not authorized to <what> <id>`
 */
export async function sourceToChange(call: Call, id: unknown, what: string): Promise<Source> {
  const source = typeof id === 'string' && !id.includes('\0') ? await findSource(call.sql, id) : undefined;
  if (!source) throw notFound(unknownSource(call, id));
  await assertMayChange(call, source.id, notAuthorised(call, `${what} ${source.id}`));
  return source;
}

/** The source that a parameter names, by id or name; CKAN takes ids alone. */
export async function sourceNamed(call: Call, reference: unknown): Promise<Source | undefined> {
  return typeof reference === 'string' && !reference.includes('\0')
    ? findSourceByReference(call.sql, reference)
    : undefined;
}

/** The id of the source that a parameter names; what names none is left as it is. */
export const sourceIdNamed = async (call: Call, reference: string): Promise<string> =>
  (await sourceNamed(call, reference))?.id ?? reference;

/** The source that one of Portolan's own actions is about, by id or name, for those who may change it. */
export async function sourceToOperate(call: Call, reference: unknown): Promise<Source> {
  const source = await sourceNamed(call, reference);
  if (!source) throw notFound(`Harvest source ${printed(reference)} does not exist`);
  await assertMayChange(call, source.id, notAuthorised(call, `update harvest source ${source.id}`));
  return source;
}

/** CKAN's rule says it shortly, its action at length; only sysadmins get as far as the action. */
const unknownSource = (call: Call, id: unknown): string =>
  call.ignoreAuth || call.user?.sysadmin
    ? `Harvest source ${printed(id)} does not exist`
    : 'Harvest source not found';

export async function assertMayChange(call: Call, sourceId: string, refusal: Error): Promise<void> {
  const dataset = await findDataset(call.sql, sourceId);
  if (!dataset || !(await canEdit(call, dataset))) throw refusal;
}

/** Whether the caller sees the secrets of a source's configuration. */
export async function maySeeSecrets(
  call: Call,
  dataset: Pick<DatasetRow, 'id' | 'owner_org'>,
): Promise<boolean> {
  return canEdit(call, dataset);
}

/** For sysadmins, with CKAN's words for the others. */
export function sysadminsOnly(call: Call, message: string): void {
  if (!alwaysAllowed(call)) throw denied(message);
}

/** A flag that is true unless it plainly says otherwise. */
export function trueUnlessFalse(params: Params, name: string): boolean {
  const value = params[name];
  return !(
    value === false ||
    value === 0 ||
    (typeof value === 'string' && /^(false|f|no|n|0|off)$/i.test(value.trim()))
  );
}
