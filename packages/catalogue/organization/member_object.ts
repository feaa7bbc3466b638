import { invalidMessage, notFound } from '@portolan/kernel';
import { pythonTitle, pythonWords } from '@portolan/schema';
import type { Params, WriteCall } from '../action/call.ts';
import { requireSent } from '../action/parameters.ts';
import { findDataset } from '../dataset/find.ts';
import { findUser } from '../user/row.ts';
import type { MemberToDelete } from './member_delete.ts';
import type { MemberTable } from './members.ts';
import { findGroup, findGroupForUpdate } from './row.ts';
import { mayChangeMembers } from './rules.ts';

const finders = { user: findUser, package: findDataset, group: findGroup };
const isTable = (value: string): value is MemberTable => Object.hasOwn(finders, value);

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
  requireSent(params, required);
  const group = await findGroupForUpdate(call.sql, params['id']);
  if (!group) throw notFound('Group was not found.');
  const words = pythonWords(params['object_type']);
  const type = words.toLowerCase();
  if (!isTable(type)) throw invalidMessage(`${pythonTitle(words)} isn't a valid model`);
  const reference = params['object'];
  const known = typeof reference === 'string' && !reference.includes('\0');
  const object = known ? await finders[type](call.sql, reference) : undefined;
  if (!object) throw notFound(`${pythonTitle(type)} was not found.`);
  await mayChangeMembers(call, group, type);
  return { group, table: type, id: object.id };
}
