import {
  auditedCall,
  createDatasets,
  createGroup,
  deleteDatasets,
  ensureSiteUser,
  loadDatasets,
  noteAudit,
  noteAudits,
  type Params,
  presentRows,
  type Site,
  type User,
  updateDatasets,
  type WriteCall,
  withOwnFieldsOnTop,
} from '@portolan/catalogue';
import { lockNames, type Sql, type Tx } from '@portolan/db';
import type { DatasetDict, DatasetWriter, Refusal, WriteOptions } from './dataset_writer.ts';

/** The catalogue as harvested datasets see it: its own functions, called as the harvest user. */
export function catalogueWriter(site: Site): DatasetWriter {
  return {
    find: async (sql, id) => (await findMany(site, sql, [id])).get(id),
    findMany: (sql, ids) => findMany(site, sql, ids),
    create: (tx, datasets, options) => createMany(site, tx, datasets, options),
    update: (tx, datasets, options) => updateMany(site, tx, datasets, options),
    async delete(tx, ids, options) {
      const call = await callIn(site, tx, options);
      await deleteDatasets(call, ids);
      await noteEach(
        call,
        'package_delete',
        ids.map((id) => ({ id })),
      );
    },
    async createGroup(tx, group) {
      const there = await tx.rows(`SELECT FROM "group" WHERE id = $1`, [group.id]);
      if (there.length > 0) return;
      const kind = group.is_organization ? 'organization' : 'group';
      await audited(site, tx, { action: `${kind}_create`, params: group }, (call) =>
        createGroup(call, kind, group),
      );
    },
  };
}

async function findMany(site: Site, sql: Sql, ids: readonly string[]): Promise<Map<string, DatasetDict>> {
  const stored = await loadDatasets(sql, [...ids]);
  return new Map(
    stored.map((row) => {
      // Without what is only shown of a dataset that was harvested: it is not the dataset's own.
      const dataset: DatasetDict = presentRows({ ...row, harvest: null }, site.config);
      return [row.id, dataset];
    }),
  );
}

async function createMany(
  site: Site,
  tx: Tx,
  datasets: readonly DatasetDict[],
  options: WriteOptions = {},
): Promise<(DatasetDict | Refusal)[]> {
  const call = await callIn(site, tx, options);
  const outcomes = await createDatasets(call, asWritten(site, datasets));
  await noteEach(call, 'package_create', written(datasets, outcomes));
  // Nothing that was harvested is current for them yet, so the answers have no extras but their own.
  return outcomes;
}

async function updateMany(
  site: Site,
  tx: Tx,
  datasets: readonly DatasetDict[],
  options: WriteOptions = {},
): Promise<(DatasetDict | Refusal)[]> {
  const call = await callIn(site, tx, options);
  const outcomes = await updateDatasets(call, asWritten(site, datasets));
  const changed = written(datasets, outcomes);
  await noteEach(call, 'package_update', changed);
  const stored = await findMany(
    site,
    tx,
    changed.map(({ id }) => id ?? ''),
  );
  return outcomes.map((outcome, index) =>
    'error' in outcome ? outcome : (stored.get(datasets[index]?.id ?? '') ?? outcome),
  );
}

/** Harvested datasets have all that is no field of CKAN's among their extras, as in the tables. */
const asWritten = ({ config }: Site, datasets: readonly DatasetDict[]): Params[] =>
  datasets.map((dataset) => withOwnFieldsOnTop(dataset, config));

const written = (datasets: readonly DatasetDict[], outcomes: readonly object[]): DatasetDict[] =>
  datasets.filter((_, index) => !('error' in outcomes[index]!));

/** Each has its entry in the audit log, as if it had been written alone. */
const noteEach = (call: WriteCall, action: string, written: readonly Params[]): Promise<void> =>
  noteAudits(
    call.sql,
    written.map((params) => ({
      call: auditedCall(action, { via: 'harvester', user: call.user }, params),
      outcome: 'done',
    })),
  );

/** Runs a write of the harvester's with its entry in the audit log. */
async function audited<Result>(
  site: Site,
  tx: Tx,
  { action, params, ...options }: WriteOptions & { action: string; params: Params },
  write: (call: WriteCall) => Promise<Result>,
): Promise<Result> {
  const call = await callIn(site, tx, options);
  const result = await write(call);
  await noteAudit(tx, auditedCall(action, { via: 'harvester', user: call.user }, params), 'done');
  return result;
}

/** A call of the portal's own, in the given transaction. Its index entries are left to the relay. */
export async function callIn(site: Site, tx: Tx, options: WriteOptions = {}): Promise<WriteCall> {
  const { spatial = false, ...rest } = options;
  return {
    ...rest,
    site,
    sql: tx,
    user: await harvestUser(site, tx, spatial),
    ignoreAuth: true,
    logger: site.logger,
    localePrefix: '',
  };
}

/**
 * Who harvested datasets belong to: the configured user, else a sysadmin `harvest` (not of spatial sources), else the
 * site's own account.
 */
async function harvestUser(site: Site, tx: Tx, spatial: boolean): Promise<User> {
  const { harvestUser: usual, harvestSpatialUser, siteId } = site.config;
  const [found] = await tx.prepared<User>(
    'harvest_user',
    `SELECT id, name, coalesce(sysadmin, false) AS sysadmin, state, email, fullname FROM "user"
     WHERE state = 'active' AND (name = $1 OR (name = 'harvest' AND sysadmin AND NOT $3) OR name = $2)
     ORDER BY name = $1 DESC, name = 'harvest' AND NOT $3 DESC LIMIT 1`,
    [(spatial ? harvestSpatialUser : usual) ?? '', siteId, spatial],
  );
  if (found) return found;
  // Several records may be the first of all: the account is made once.
  await lockNames(tx, 'user', [site.config.siteId]);
  return ensureSiteUser(site, tx);
}
