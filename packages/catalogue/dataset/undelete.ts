import { invalid, notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { datasetType } from './dataset_types.ts';
import { findDatasetForUpdate } from './find.ts';
import { finishDataset } from './finish.ts';
import type { DatasetDict } from './presenter.ts';
import { changeDataset } from './update.ts';
import { writeTime } from './write_parts.ts';

interface Remains {
  state: string;
  name: string;
  memberships: string[];
  collaborators: { user_id: string; capacity: string; modified: string }[];
}

/**
 * Brings a deleted dataset back as it was: in its state (a draft stays one), its groups, its organisation's list, with
 * its collaborators, and under its name, unless another has taken that. What was deleted before its remains were
 * noted comes back active. Nothing is validated again: what was good enough to be deleted can be brought back.
 * @param reference id or name
 * @throws PortolanError `notFound`, `validation` when it is not deleted
 */
export async function undeleteDataset(call: WriteCall, reference: string): Promise<DatasetDict> {
  const row = await findDatasetForUpdate(call.sql, reference);
  if (!row) throw notFound('Dataset was not found');
  if (row.state !== 'deleted') throw invalid({ id: ['Dataset is not deleted'] });
  const { sql } = call;
  const [remains] = await sql.rows<Remains>(
    'SELECT state, name, memberships, collaborators FROM portolan.deleted_dataset WHERE package_id = $1',
    [row.id],
  );
  const state = remains?.state ?? 'active';
  // What its type keeps beside it comes back with it.
  if (datasetType(row.type)) return changeDataset(call, row.id, (current) => ({ ...current, state }));
  await sql.rows(
    `UPDATE package p SET state = $2, metadata_modified = $3,
       name = CASE WHEN p.name = p.id AND NOT EXISTS (SELECT FROM package o WHERE o.name = $4) THEN $4 ELSE p.name END
     WHERE p.id = $1`,
    [row.id, state, writeTime(call), remains?.name ?? row.name],
  );
  await sql.rows(
    `UPDATE member m SET state = 'active' FROM "group" g
     WHERE m.table_name = 'package' AND m.table_id = $1 AND m.id = ANY($2) AND g.id = m.group_id AND g.state = 'active'`,
    [row.id, remains?.memberships ?? []],
  );
  await sql.rows(
    `INSERT INTO package_member (package_id, user_id, capacity, modified)
     SELECT $1, c.user_id, c.capacity, c.modified
     FROM jsonb_to_recordset($2::jsonb) AS c(user_id text, capacity text, modified timestamp)
     JOIN "user" u ON u.id = c.user_id AND u.state = 'active'
     ON CONFLICT DO NOTHING`,
    [row.id, JSON.stringify(remains?.collaborators ?? [])],
  );
  return finishDataset(call, row.id, 'changed');
}
