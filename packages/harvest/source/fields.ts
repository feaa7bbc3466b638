import { type Call, findAction, type Params, type WriteCall } from '@portolan/catalogue';
import type { Sql } from '@portolan/db';
import type { ErrorDict } from '@portolan/kernel';
import { pythonText } from '@portolan/schema';
import type { ConfigFacts } from '../driver.ts';
import { offeredDrivers } from '../drivers.ts';
import { frequencies } from '../text/frequency.rules.ts';
import { mannersOf } from './manners.rules.ts';
import { quietHoursOf } from './quiet_hours.rules.ts';
import { unmaskConfig } from './secret.rules.ts';
import { parsedConfig } from './source.repo.ts';
import { comparedUrl } from './url.rules.ts';

/** What a source has beyond a dataset, checked. */
export interface SourceFields {
  url: string;
  source_type: string;
  frequency: string | undefined;
  config: string | undefined;
}

const missing = ['Missing value'];
const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Checks what is a source's own; what it shares with datasets is the catalogue's to check. */
export async function checkSourceFields(
  call: Call,
  input: Params,
  current: { id: string; config: string | null } | undefined,
): Promise<{ fields: SourceFields; errors: ErrorDict }> {
  const drivers = offeredDrivers(call.site.config);
  const errors: ErrorDict = {};
  const fields: SourceFields = {
    url: typeof input['url'] === 'string' ? input['url'] : '',
    source_type: String(input['source_type'] ?? ''),
    frequency: undefined,
    config: undefined,
  };
  if (isMissing(input['name'])) errors['name'] = missing;
  if (isMissing(input['source_type'])) errors['source_type'] = missing;
  else if (!drivers.some(({ name }) => name === fields.source_type))
    errors['source_type'] = [
      `Unknown harvester type: ${fields.source_type}. Registered types: ${pythonText(drivers.map(({ name }) => name))}`,
    ];
  if (input['frequency'] !== undefined && input['frequency'] !== null) {
    const frequency = String(input['frequency'] || 'MANUAL').toUpperCase();
    if ((frequencies as readonly string[]).includes(frequency)) fields.frequency = frequency;
    else errors['frequency'] = [`Frequency ${String(input['frequency'])} not recognised`];
  }
  await checkConfig(call, input['config'], fields, current?.config, errors);
  if (isMissing(input['url'])) errors['url'] = missing;
  else await checkUrl(call.sql, fields, current?.id, errors);
  return { fields, errors };
}

async function checkConfig(
  call: Call,
  value: unknown,
  fields: SourceFields,
  stored: string | null | undefined,
  errors: ErrorDict,
): Promise<void> {
  if (value === undefined || value === null) return;
  const driver = offeredDrivers(call.site.config).find(({ name }) => name === fields.source_type);
  try {
    if (typeof value !== 'string') throw new Error('Input string must be text, not bytes');
    const text = unmaskConfig(value, stored);
    fields.config = driver ? await driver.validateConfig(text, factsOf(call)) : text;
    const config = parsedConfig({ config: fields.config });
    quietHoursOf(config);
    mannersOf(config);
  } catch (error) {
    // Whatever a check throws is told to whoever wrote the configuration: CKAN's rule.
    errors['config'] = [
      `Error parsing the configuration options: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

/**
 * Two sources may share an address when their configurations differ, or when one has none. One whose dataset is purged
 * leaves its row behind, and is no source any more.
 */
async function checkUrl(
  sql: Sql,
  fields: SourceFields,
  id: string | undefined,
  errors: ErrorDict,
): Promise<void> {
  if (fields.config === undefined) return;
  const rows = await sql.rows<{ url: string }>(
    `SELECT url FROM harvest_source s WHERE id IS DISTINCT FROM $1 AND config = $2
       AND EXISTS (SELECT FROM package p WHERE p.id = s.id)`,
    [id ?? null, fields.config],
  );
  const wanted = comparedUrl(fields.url);
  if (rows.some(({ url }) => comparedUrl(url) === wanted))
    errors['url'] = [
      `There already is a Harvest Source for this URL (& config): url=${fields.url} config=${fields.config}`,
    ];
}

/** What a configuration may speak of. */
function factsOf(call: Call): ConfigFacts {
  return {
    sql: call.sql,
    async group(reference) {
      const show = findAction('group_show');
      const found = await call.sql.rows<{ id: string }>(
        `SELECT id FROM "group" WHERE (id = $1 OR name = $1) AND state = 'active' AND NOT is_organization
         ORDER BY id = $1 DESC LIMIT 1`,
        [reference],
      );
      if (!found[0] || show?.effect !== 'read') return undefined;
      const params = { id: found[0].id, include_users: true };
      const own = { ...call, user: undefined, ignoreAuth: true } as WriteCall;
      const shown = (await show.handle(own, params, await show.authorise(own, params))) as Record<
        string,
        unknown
      >;
      const { packages: _packages, extras, tags, groups, users, ...fields } = shown;
      // In the order in which CKAN stores them: clients compare the text.
      return { ...sorted({ ...fields, users: (users as object[]).map(sorted) }), extras, tags, groups };
    },
  };
}

const sorted = (dict: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(dict).sort(([a], [b]) => (a < b ? -1 : 1)));
