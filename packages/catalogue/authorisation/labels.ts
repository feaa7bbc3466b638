import type { Call } from '../action/call.ts';
import { organizationsWith } from './roles.ts';

export interface LabelledDataset {
  id: string;
  state: string | null;
  private: boolean | null;
  owner_org: string | null;
  creator_user_id: string | null;
}

/**
 * Permission labels of a dataset: a caller who holds one of them may read it.
 * Source: CKAN `DefaultPermissionLabels`.
 */
export function datasetLabels(dataset: LabelledDataset, collaborators: boolean): string[] {
  if (dataset.state === 'active' && !dataset.private) return ['public'];
  const labels = dataset.owner_org ? [`member-${dataset.owner_org}`] : [`creator-${dataset.creator_user_id}`];
  return collaborators ? [...labels, `collaborator-${dataset.id}`] : labels;
}

/** Labels that the caller holds; `undefined` means that no label is asked of them. */
export async function callerLabels(call: Call): Promise<string[] | undefined> {
  if (call.ignoreAuth || (call.user?.sysadmin && call.user.state !== 'deleted')) return undefined;
  if (!call.user || call.user.state === 'deleted') return ['public'];
  const labels = ['public', `creator-${call.user.id}`];
  for (const id of await organizationsWith(call, 'read')) labels.push(`member-${id}`);
  if (call.site.config.allowCollaborators) {
    const rows = await call.sql.prepared<{ package_id: string }>(
      'collaborations_of_user',
      'SELECT package_id FROM package_member WHERE user_id = $1',
      [call.user.id],
    );
    for (const row of rows) labels.push(`collaborator-${row.package_id}`);
  }
  return labels;
}

/** Whether the caller may read a dataset with these labels; the common public case asks nothing of the database. */
export async function mayRead(call: Call, labels: string[]): Promise<boolean> {
  if (labels.includes('public') && call.user?.state !== 'deleted') return true;
  const held = await callerLabels(call);
  return held === undefined || held.some((label) => labels.includes(label));
}
