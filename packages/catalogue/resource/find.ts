import type { Sql } from '@portolan/db';
import type { StoredResource } from '../dataset/load.ts';

/** A resource with what its dataset says about who may do what with it. */
export interface FoundResource {
  resource: StoredResource;
  dataset: {
    id: string;
    name: string;
    state: string | null;
    private: boolean | null;
    owner_org: string | null;
    creator_user_id: string | null;
    type: string | null;
  };
}

/** A resource by id, also a deleted one. */
export async function findResource(sql: Sql, id: string): Promise<FoundResource | undefined> {
  const rows = await sql.prepared<FoundResource>(
    'find_resource',
    `SELECT to_jsonb(r) AS resource, jsonb_build_object('id', p.id, 'name', p.name, 'state', p.state,
       'private', p.private, 'owner_org', p.owner_org, 'creator_user_id', p.creator_user_id, 'type', p.type) AS dataset
     FROM resource r JOIN package p ON p.id = r.package_id WHERE r.id = $1`,
    [id],
  );
  return rows[0];
}

/** Resources of datasets that were deleted last, by dataset; one that is listed again comes back as it was. */
export async function deletedResources(
  sql: Sql,
  datasetIds: readonly string[],
): Promise<Map<string, StoredResource[]>> {
  const rows = await sql.prepared<{ resource: StoredResource }>(
    'deleted_resources',
    `SELECT to_jsonb(r) AS resource FROM resource r WHERE package_id = ANY($1) AND state = 'deleted'`,
    [datasetIds],
  );
  return Map.groupBy(
    rows.map(({ resource }) => resource),
    (resource) => resource.package_id,
  );
}
