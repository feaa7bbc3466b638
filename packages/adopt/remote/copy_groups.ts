import { type ImportOptions, importObjects, type Site } from '@portolan/catalogue';
import { type RemoteCkan, remoteNames } from './client.ts';
import { actionsOf } from './copy_users.ts';
import { portableGroup } from './portable.rules.ts';
import { type CopyReport, count, refuse } from './report.ts';

type Json = Record<string, unknown>;

/** Organisations or groups with their members, as far as those are here, and their hierarchy. */
export async function copyGroups(
  site: Site,
  remote: RemoteCkan,
  kind: 'organization' | 'group',
  people: ReadonlySet<string>,
  options: ImportOptions,
  report: CopyReport,
): Promise<void> {
  const objects: Json[] = [];
  for (const id of await remoteNames(remote, kind)) {
    const shown = await remote.action<Json>(`${kind}_show`, {
      id,
      include_users: 'true',
      include_datasets: 'false',
      include_extras: 'true',
      include_groups: 'true',
    });
    objects.push(portableGroup(shown, people));
  }
  // All of them first, then who stands above whom: a parent has to be there.
  const alone = objects.map(({ groups: _parents, ...object }, number) => ({ number, object }));
  const first = await importObjects(site, actionsOf(kind), alone, options);
  count(report, `${kind}s`, objects, first);
  const below = objects.filter(({ groups }) => (groups as unknown[]).length > 0);
  const lines = below.map((object, number) => ({ number, object }));
  for (const [at, outcome] of (await importObjects(site, actionsOf(kind), lines, options)).entries())
    if (typeof outcome !== 'string') refuse(report, `${kind}s`, below[at]?.['name'], outcome.error);
}
