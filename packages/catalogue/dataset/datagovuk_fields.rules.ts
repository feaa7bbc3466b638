import type { Config } from '@portolan/kernel';
import { datagovukFields, pythonJson } from '@portolan/schema';

type Settings = Pick<Config, 'profile'>;
interface Extra {
  key: string;
  value?: unknown;
}

const { own, legacy } = datagovukFields;

/**
 * A dataset as data.gov.uk's clients read it, in its profile: extras that are fields to them stand at the top. Those of
 * its present schema are texts; older ones say what their JSON says.
 */
export const withFieldsOnTop = <Dataset extends Record<string, unknown>>(
  dataset: Dataset,
  settings: Settings,
): Dataset =>
  lifted(dataset, settings, ({ key, value }) => {
    if (own.has(key)) return value;
    return legacy.has(key) ? decoded(value) : undefined;
  });

/** A dataset as it may be written: none of its extras has the name of a field. */
export const withOwnFieldsOnTop = <Dataset extends Record<string, unknown>>(
  dataset: Dataset,
  settings: Settings,
): Dataset => lifted(dataset, settings, ({ key, value }) => (own.has(key) ? value : undefined));

/** @param fieldOf what an extra says as a field, if it is one */
function lifted<Dataset extends Record<string, unknown>>(
  dataset: Dataset,
  { profile }: Settings,
  fieldOf: (extra: Extra) => unknown,
): Dataset {
  const extras = dataset['extras'];
  if (profile !== 'datagovuk' || !Array.isArray(extras)) return dataset;
  const rest: Extra[] = [];
  const fields: Record<string, unknown> = {};
  for (const extra of extras as Extra[]) {
    const value = fieldOf(extra);
    if (value === undefined) rest.push(extra);
    else fields[extra.key] = value;
  }
  return { ...dataset, ...fields, extras: rest };
}

/** The reverse: all of them among the extras, as they are stored. One that is there counts more. */
export function withFieldsAsExtras<Dataset extends Record<string, unknown>>(
  dataset: Dataset,
  { profile }: Settings,
): Dataset {
  if (profile !== 'datagovuk') return dataset;
  const given = dataset['extras'] ?? [];
  if (!Array.isArray(given)) return dataset;
  const there = new Set((given as Extra[]).map(({ key }) => key));
  const plain: Record<string, unknown> = {};
  const fields: { key: string; value: unknown }[] = [];
  for (const [key, value] of Object.entries(dataset))
    if (!own.has(key) && !legacy.has(key)) plain[key] = value;
    else if (!there.has(key) && value !== null && value !== undefined)
      fields.push({ key, value: typeof value === 'string' ? value : pythonJson(value) });
  return fields.length === 0
    ? (plain as Dataset)
    : ({ ...plain, extras: [...given, ...fields] } as unknown as Dataset);
}

/** What a text says that is JSON, and would be written in the same way again. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const said: unknown = JSON.parse(value);
    return typeof said === 'number' && String(said) !== value ? value : said;
  } catch {
    return value; // Mere words.
  }
}
