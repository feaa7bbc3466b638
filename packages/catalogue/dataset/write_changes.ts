import { notFound } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { deletedResources } from '../resource/find.ts';
import type { DatasetFacts } from './facts.ts';
import { finishDatasets } from './finish.ts';
import type { StoredDataset } from './load.ts';
import { writeOwners } from './member_rows.ts';
import { updatePackages } from './package_rows.ts';
import type { DatasetDict } from './presenter.ts';
import { writeParts } from './write_parts.ts';

/** What a dataset is to say, once it has passed its rules. */
export interface DatasetChange {
  /** As it is; its row is locked. */
  stored: StoredDataset;
  data: Params;
  owner: string | null;
}

/** Who owns a dataset after a change. @throws PortolanError `notFound` when that is no organisation */
export function ownerOf(data: Params, stored: StoredDataset, facts: DatasetFacts): string | null {
  if (!Object.hasOwn(data, 'owner_org')) return stored.owner_org;
  const owner = (data['owner_org'] as string) || null;
  if (owner && owner !== stored.owner_org && !facts.isOrganization(owner))
    throw notFound('Organization was not found.');
  return owner;
}

/**
 * Writes changes of datasets, no two of one: rows, activities and index notes, in as many statements for a hundred as for
 * one.
 * @returns them as package_show answers them, in their order
 */
export async function writeChanges(
  call: WriteCall,
  now: string,
  changes: readonly DatasetChange[],
): Promise<DatasetDict[]> {
  const { sql } = call;
  const ids = changes.map(({ stored }) => stored.id);
  await updatePackages(
    sql,
    now,
    changes.map(({ stored, data }) => ({ id: stored.id, data })),
  );
  const deleted = await deletedResources(sql, ids);
  await writeParts(
    call,
    now,
    changes.map(({ stored, data }) => ({
      id: stored.id,
      data,
      resources: [...stored.resources, ...(deleted.get(stored.id) ?? [])],
    })),
  );
  await writeOwners(
    call,
    changes.map(({ stored, owner }) => ({ id: stored.id, owner })),
  );
  return finishDatasets(call, ids, 'changed');
}
