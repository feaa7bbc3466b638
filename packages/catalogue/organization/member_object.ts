import { invalid, invalidMessage, notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { findDataset } from '../dataset/find.ts';
import { findUser } from '../user/row.ts';
import type { MemberToDelete } from './member_delete.ts';
import type { MemberTable } from './members.ts';
import { findGroup, findGroupForUpdate } from './row.ts';
import { mayChangeMembers } from './rules.ts';

const finders = { user: findUser, package: findDataset, group: findGroup };
const isTable = (value: string): value is MemberTable => Object.hasOwn(finders, value);

/** `foo_bar` as CKAN titles it: `Foo_Bar`. */
const titled = (word: string) =>
  word
    .toLowerCase()
    .replace(/(^|[^a-z])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());

/**
 * Finds what `member_create` and `member_delete` are about, and asks whether the caller may. `required` are the
 * parameters without which it is not clear.
 * @throws PortolanError `validation`, `notFound`, `authorization`
 */
export async function memberObject(
  call: WriteCall,
  params: Params,
  required: string[],
): Promise<MemberToDelete> {
  // Only what is absent is missing, but there is no row without a capacity.
  const missing = required.filter(
    (name) => params[name] === undefined || (name === 'capacity' && params[name] === null),
  );
  const group = missing.includes('id') ? undefined : await findGroupForUpdate(call.sql, params['id']);
  if (!missing.includes('id') && !group) throw notFound('Group was not found.');
  if (missing.length > 0) throw invalid(Object.fromEntries(missing.map((name) => [name, ['Missing value']])));
  const type = String(params['object_type']);
  if (!isTable(type)) throw invalidMessage(`${titled(type)} isn't a valid model`);
  const reference = params['object'];
  const known = typeof reference === 'string' && !reference.includes('\0');
  const object = known ? await finders[type](call.sql, reference) : undefined;
  if (!object) throw notFound(`${titled(type)} was not found.`);
  await mayChangeMembers(call, group!, type);
  return { group: group!, table: type, id: object.id };
}
