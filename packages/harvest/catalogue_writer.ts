import {
  auditedCall,
  createDataset,
  createGroup,
  deleteDataset,
  ensureSiteUser,
  loadDataset,
  noteAudit,
  type Params,
  presentDataset,
  type Site,
  type User,
  updateDataset,
  type WriteCall,
} from '@portolan/catalogue';
import { lockNames, type Tx } from '@portolan/db';
import type { DatasetDict, DatasetWriter } from './dataset_writer.ts';

/** The catalogue as harvested datasets see it: its own functions, called as the harvest user. */
export function catalogueWriter(site: Site): DatasetWriter {
  return {
    async find(sql, id) {
      const stored = await loadDataset(sql, id);
      if (!stored) return undefined;
      const dataset: DatasetDict = presentDataset(stored, site.config);
      // Without the extras that show tells of harvested datasets: they are not the dataset's own.
      return { ...dataset, extras: stored.extras };
    },
    // Nothing that was harvested is current for it yet, so the answer has no extras but its own.
    create: (tx, dataset, options) =>
      audited(site, tx, 'package_create', dataset, (call) =>
        createDataset({ ...call, ...options }, dataset as Params),
      ),
    async update(tx, dataset, options) {
      await audited(site, tx, 'package_update', dataset, (call) =>
        updateDataset({ ...call, ...options }, dataset.id ?? '', dataset as Params),
      );
    },
    async delete(tx, id) {
      await audited(site, tx, 'package_delete', { id }, (call) => deleteDataset(call, id));
    },
    async createGroup(tx, group) {
      const there = await tx.rows(`SELECT FROM "group" WHERE id = $1`, [group.id]);
      if (there.length > 0) return;
      const kind = group.is_organization ? 'organization' : 'group';
      await audited(site, tx, `${kind}_create`, group, (call) => createGroup(call, kind, group));
    },
  };
}

/** Runs a write of the harvester's with its entry in the audit log. */
async function audited<Result>(
  site: Site,
  tx: Tx,
  action: string,
  params: Params,
  write: (call: WriteCall) => Promise<Result>,
): Promise<Result> {
  const call = await callIn(site, tx);
  const result = await write(call);
  await noteAudit(tx, auditedCall(action, { via: 'harvester', user: call.user }, params), 'done');
  return result;
}

/** A call of the portal's own, in the given transaction. Its index entries are left to the relay. */
export async function callIn(site: Site, tx: Tx): Promise<WriteCall> {
  return {
    site,
    sql: tx,
    user: await harvestUser(site, tx),
    ignoreAuth: true,
    logger: site.logger,
    localePrefix: '',
  };
}

/** Who harvested datasets belong to: the configured user, else a sysadmin `harvest`, else the site's own account. */
async function harvestUser(site: Site, tx: Tx): Promise<User> {
  const [found] = await tx.prepared<User>(
    'harvest_user',
    `SELECT id, name, coalesce(sysadmin, false) AS sysadmin, state, email, fullname FROM "user"
     WHERE state = 'active' AND (name = $1 OR (name = 'harvest' AND sysadmin) OR name = $2)
     ORDER BY name = $1 DESC, name = 'harvest' DESC LIMIT 1`,
    [site.config.harvestUser ?? '', site.config.siteId],
  );
  if (found) return found;
  // Several records may be the first of all: the account is made once.
  await lockNames(tx, 'user', [site.config.siteId]);
  return ensureSiteUser(site, tx);
}
