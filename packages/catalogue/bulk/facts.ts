import type { Sql } from '@portolan/db';
import { guessLinkMediaType } from '@portolan/storage';
import type { Call, Params } from '../action/call.ts';
import type { DatasetFacts } from '../dataset/facts.ts';
import { canonicalFormat } from '../resource/formats.ts';

/** What the rules of many new datasets look at beside the inputs: five statements, whatever their number. */
export interface BulkFacts {
  /** Facts of one of them; a name or id that one before has taken is taken. */
  of(input: Params): DatasetFacts;
  /** Ids of the groups that are named, by id and by name. */
  groups: ReadonlyMap<string, string>;
}

interface GroupRow {
  id: string;
  name: string;
  is_organization: boolean | null;
}

export async function bulkFacts(call: Call, inputs: readonly Params[]): Promise<BulkFacts> {
  const { sql, site } = call;
  const names = textsOf(inputs, 'name');
  const taken = await idsOf(
    sql,
    `SELECT name AS id FROM package WHERE name = ANY($1) AND state <> 'deleted'`,
    names,
  );
  const ids = await idsOf(sql, 'SELECT id FROM package WHERE id = ANY($1)', textsOf(inputs, 'id'));
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
  const byReference = new Map(
    groups.flatMap((group) => [
      [group.name, group],
      [group.id, group],
    ]),
  );
  const vocabularies = await idsOf(
    sql,
    'SELECT id FROM vocabulary WHERE id = ANY($1)',
    parts('tags', 'vocabulary_id'),
  );
  const resources = await idsOf(
    sql,
    `SELECT id FROM resource WHERE id = ANY($1) AND state <> 'deleted'`,
    parts('resources', 'id'),
  );
  return {
    groups: new Map([...byReference].map(([reference, { id }]) => [reference, id])),
    of(input) {
      const owner = byReference.get(String(input['owner_org'] ?? ''));
      const isNameTaken = taken.has(String(input['name']));
      const isIdTaken = (id: string) => ids.has(id);
      return {
        current: undefined,
        sysadmin: true,
        mayChangeState: true,
        unownedAllowed: site.config.createUnownedDataset,
        owner: () => owner && { id: owner.id },
        isOrganization: (id) => owner?.id !== id || owner.is_organization === true,
        isNameTaken: () => isNameTaken,
        isDatasetId: isIdTaken,
        isVocabulary: (id) => vocabularies.has(id),
        isForeignResource: (id) => resources.has(id),
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
