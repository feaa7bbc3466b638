import type { DatasetContext } from '@portolan/schema';
import { pythonJson } from '@portolan/schema';
import { guessLinkMediaType } from '@portolan/storage';
import type { Call, Params } from '../action/call.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { canonicalFormat } from '../resource/formats.ts';
import { mayOverrule } from './may_edit.ts';

/** What a dataset's rules look at beside the input, see `DatasetFacts`. */
export interface Subject {
  id: string;
  owner_org: string | null;
}

export interface DatasetFacts extends DatasetContext {
  /** CKAN accepts any group as owner and then finds that it is no organisation. */
  isOrganization(id: string): boolean;
}

interface OwnerRow {
  id: string;
  is_organization: boolean | null;
}

/** Reads ahead what the rules of a dataset have to know: a handful of statements, whatever the dataset's size. */
export async function datasetFacts(call: Call, input: Params, current?: Subject): Promise<DatasetFacts> {
  const self = current?.id ?? '';
  const name = typeof input['name'] === 'string' ? input['name'] : pythonJson(input['name'] ?? '');
  const [names, ids, owner, vocabularies, resources] = [
    await ask(
      call,
      'name_taken',
      `SELECT id FROM package WHERE name = $1 AND id <> $2 AND state <> 'deleted'`,
      [name, self],
    ),
    await ask(call, 'dataset_id_taken', 'SELECT id FROM package WHERE id = ANY($1)', [
      texts([input], 'id', !current),
    ]),
    await findOwner(call, input['owner_org']),
    await ask(call, 'vocabularies_by_id', 'SELECT id FROM vocabulary WHERE id = ANY($1)', [
      texts(input['tags'], 'vocabulary_id'),
    ]),
    await ask(
      call,
      'foreign_resources',
      `SELECT id FROM resource WHERE id = ANY($1) AND package_id <> $2 AND state <> 'deleted'`,
      [texts(input['resources'], 'id'), self],
    ),
  ];
  const problem = owner && (await ownerProblem(call, owner, input['owner_org'], current));
  return {
    current,
    sysadmin: mayOverrule(call),
    mayChangeState: current !== undefined || mayOverrule(call),
    unownedAllowed: call.site.config.createUnownedDataset,
    owner: () => owner && (problem ? { problem } : { id: owner.id }),
    isOrganization: (id) => owner?.id !== id || owner.is_organization === true,
    isNameTaken: () => names.size > 0,
    isDatasetId: (id) => ids.has(id),
    isVocabulary: (id) => vocabularies.has(id),
    isForeignResource: (id) => resources.has(id),
    canonicalFormat,
    guessMediaType: guessLinkMediaType,
  };
}

async function ask(call: Call, name: string, statement: string, values: unknown[]): Promise<Set<string>> {
  if (Array.isArray(values[0]) && values[0].length === 0) return new Set();
  const rows = await call.sql.prepared<{ id: string }>(name, statement, values);
  return new Set(rows.map((row) => row.id));
}

function texts(records: unknown, field: string, wanted = true): string[] {
  if (!Array.isArray(records) || !wanted) return [];
  const values = records.map((record) => (record as Params | null)?.[field]);
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

/** A group by id or name, whatever its kind and state: what CKAN accepts as `owner_org` at first. */
export async function findOwner(call: Call, reference: unknown): Promise<OwnerRow | undefined> {
  if (typeof reference !== 'string' || reference === '') return undefined;
  const rows = await call.sql.prepared<OwnerRow>(
    'find_owner',
    `SELECT id, is_organization FROM "group" WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
    [reference],
  );
  return rows[0];
}

/**
 * Why the caller cannot put the dataset there. To collaborators CKAN counts it as a move when the owner is not given by
 * its id. Source: CKAN `owner_org_validator`.
 */
async function ownerProblem(
  call: Call,
  owner: OwnerRow,
  given: unknown,
  current: Subject | undefined,
): Promise<string | undefined> {
  if (mayOverrule(call)) return undefined;
  const { allowCollaborators, allowCollaboratorsToMove } = call.site.config;
  if (current && given !== current.owner_org && allowCollaborators && !allowCollaboratorsToMove) {
    const byRole = current.owner_org && (await hasPermission(call, current.owner_org, 'update_dataset'));
    if (!byRole) return 'You cannot move this dataset to another organization';
  }
  if (owner.id !== current?.owner_org && !(await hasPermission(call, owner.id, 'create_dataset')))
    return 'You cannot add a dataset to this organization';
  return undefined;
}
