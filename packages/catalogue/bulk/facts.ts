import type { Sql } from '@portolan/db';
import { guessLinkMediaType } from '@portolan/storage';
import type { Call, Params } from '../action/call.ts';
import type { DatasetFacts, Subject } from '../dataset/facts.ts';
import { canonicalFormat } from '../resource/formats.ts';

/** What the rules of many datasets look at beside the inputs: five statements, whatever their number. */
export interface BulkFacts {
  /**
   * Facts of one of them.
   * @param current the dataset that it is about to change
   */
  of(input: Params, current?: Subject): DatasetFacts;
  /** Ids of the groups that are named, by id and by name. */
  groups: ReadonlyMap<string, string>;
}

interface GroupRow {
  id: string;
  name: string;
  is_organization: boolean | null;
}

/** @param inputs of datasets, all new or all stored */
export async function bulkFacts(
  call: Call,
  inputs: readonly Params[],
  { stored = false }: { stored?: boolean } = {},
): Promise<BulkFacts> {
  const { sql, site } = call;
  const named = await holders(
    sql,
    `SELECT name AS key, id AS holder FROM package WHERE name = ANY($1) AND state <> 'deleted'`,
    textsOf(inputs, 'name'),
  );
  const ids = stored
    ? new Set<string>()
    : await idsOf(sql, 'SELECT id FROM package WHERE id = ANY($1)', textsOf(inputs, 'id'));
  const parts = (list: string, field: string) =>
    textsOf(
      inputs.flatMap((input) => recordsOf(input[list])),
      field,
    );
  const references = [...textsOf(inputs, 'owner_org'), ...parts('groups', 'id'), ...parts('groups', 'name')];
  const groups = await sql.rows<GroupRow>(
    `SELECT id, name, is_organization FROM "group" WHERE id = ANY($1) OR name = ANY($1)`,
    [references],
  );
  const byReference = new Map([
    ...groups.map((group) => [group.name, group] as const),
    ...groups.map((group) => [group.id, group] as const),
  ]);
  const vocabularies = await idsOf(
    sql,
    'SELECT id FROM vocabulary WHERE id = ANY($1)',
    parts('tags', 'vocabulary_id'),
  );
  const resources = await holders(
    sql,
    `SELECT id AS key, package_id AS holder FROM resource WHERE id = ANY($1) AND state <> 'deleted'`,
    parts('resources', 'id'),
  );
  return {
    groups: new Map([...byReference].map(([reference, { id }]) => [reference, id])),
    of(input, current) {
      const owner = byReference.get(String(input['owner_org'] ?? ''));
      const isOthers = (holder: string | undefined) => holder !== undefined && holder !== current?.id;
      const isNameTaken = isOthers(named.get(String(input['name'])));
      return {
        current,
        sysadmin: true,
        mayChangeState: true,
        unownedAllowed: site.config.createUnownedDataset,
        owner: () => owner && { id: owner.id },
        isOrganization: (id) => owner?.id !== id || owner.is_organization === true,
        isNameTaken: () => isNameTaken,
        isDatasetId: (id) => ids.has(id),
        isVocabulary: (id) => vocabularies.has(id),
        isForeignResource: (id) => isOthers(resources.get(id)),
        canonicalFormat,
        guessMediaType: guessLinkMediaType,
      };
    },
  };
}

export const recordsOf = (value: unknown): Params[] =>
  Array.isArray(value) ? value.filter((one): one is Params => typeof one === 'object' && one !== null) : [];

function textsOf(records: readonly Params[], field: string): string[] {
  const values = records.map((record) => record[field]);
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}

async function idsOf(sql: Sql, statement: string, values: string[]): Promise<Set<string>> {
  if (values.length === 0) return new Set();
  return new Set((await sql.rows<{ id: string }>(statement, [values])).map(({ id }) => id));
}

/** Who has these keys. */
async function holders(sql: Sql, statement: string, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.rows<{ key: string; holder: string }>(statement, [keys]);
  return new Map(rows.map(({ key, holder }) => [key, holder]));
}
