import { findAction, type ImportOptions, importObjects, type Site } from '@portolan/catalogue';
import { orNothing, type RemoteCkan } from './client.ts';
import { type CopyReport, count } from './report.ts';

type Json = Record<string, unknown>;

/** The actions that read, make and change a kind of object. */
export const actionsOf = (kind: string) => {
  const [show, create, update] = ['show', 'create', 'update'].map((what) => findAction(`${kind}_${what}`)!);
  return { show: show!, create: create!, update: update! };
};

/** Only with a sysadmin's token does a CKAN tell addresses; who comes without one cannot have an account here. */
export async function copyUsers(
  site: Site,
  remote: RemoteCkan,
  options: ImportOptions,
  report: CopyReport,
): Promise<Set<string>> {
  const users = await orNothing(() => remote.action<Json[]>('user_list', { all_fields: 'true' }));
  const known = users.filter(({ email }) => typeof email === 'string' && email !== '');
  const objects = known.map(({ id, name, fullname, email, about, sysadmin }) => ({
    id,
    name,
    fullname,
    email,
    about,
    sysadmin,
    // Nobody knows it: the owner asks for a new one by mail.
    password: site.runtime.bytes(24).toString('base64url'),
  }));
  const lines = objects.map((object, number) => ({ number, object }));
  count(
    report,
    'users',
    objects,
    await importObjects(site, actionsOf('user'), lines, { ...options, only: 'create' }),
  );
  const here = await site.db.rows<{ name: string }>('SELECT name FROM "user" WHERE name = ANY($1)', [
    users.map(({ name }) => String(name)),
  ]);
  return new Set(here.map(({ name }) => name));
}
