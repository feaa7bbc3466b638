import type { RecordValidator, Schema, Validator } from '../pipeline/schema.ts';
import { refuse, refuseAndStop } from '../pipeline/verdict.ts';
import { ignore, ignoreMissing, notEmpty, notMissing } from '../validators/missing.ts';
import { type CallerContext, emptyIfNotSysadmin } from '../validators/sysadmin.ts';
import { text } from '../validators/text.ts';
import { uuid } from '../validators/uuid.ts';
import { arrayText, isPlainList } from './array_text.ts';

/** Fields of a dataset that no extra may be called. */
const reserved = new Set(
  `id name title author author_email maintainer maintainer_email license_id notes url version state type owner_org
   private resources tags tag_string plugin_data extras save return_to relationships_as_object
   relationships_as_subject groups __before __extras __junk`.split(/\s+/),
);

export const isReserved = (key: string): boolean => reserved.has(key);

/** CKAN's `extra_key_not_in_root_schema`. */
const notReserved: Validator = (value) =>
  isReserved(String(value)) ? refuse('There is a schema field with the same name') : value;

/** `null` stays: it is how CKAN takes an extra away. */
const textOrNull: Validator = (value, field) => {
  if (value === null) return null;
  return isPlainList(value) ? arrayText(value) : text(value, field);
};

const idIsUuid: Validator = (value, field) =>
  uuid(value, field) === value ? value : refuseAndStop('Invalid id provided');

/** What any extra is called. */
export const keyRules: readonly Validator[] = [notEmpty, text];

export const extraSchema: Schema<CallerContext> = {
  fields: {
    id: [ignoreMissing, emptyIfNotSysadmin, idIsUuid],
    key: [...keyRules, notReserved],
    value: [notMissing, textOrNull],
    deleted: [ignoreMissing],
    state: [ignore],
    revision_timestamp: [ignore],
  },
  unknown: 'ignore',
};

interface Extra {
  key?: unknown;
  value?: unknown;
  deleted?: unknown;
}

/** CKAN's `duplicate_extras_key`. */
export const noDuplicateExtras: RecordValidator = (record, { report }) => {
  const seen = new Set<unknown>();
  const twice = new Set<unknown>();
  for (const { key, deleted } of extrasOf(record)) {
    if (deleted || key === undefined) continue;
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  for (const key of twice) report('extras_validation', `Duplicate key "${key}"`);
};

/** Key and value of the extras that are kept: not those marked as deleted, nor those without a value. */
export function keptExtras(record: Record<string, unknown>): { key: string; value: string }[] {
  return extrasOf(record)
    .filter(({ value, deleted }) => !deleted && value !== null && value !== undefined)
    .map(({ key, value }) => ({ key: String(key), value: String(value) }));
}

const extrasOf = (record: Record<string, unknown>): Extra[] =>
  Array.isArray(record['extras']) ? (record['extras'] as Extra[]) : [];
