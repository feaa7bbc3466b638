/**
 * Validation with CKAN's semantics. A `Schema` is a table: field -> the validators it goes through, in order.
 *
 *     const vocabulary: Schema<VocabularyContext> = {
 *       fields: {
 *         id: [ignoreMissing, emptyIfNotSysadmin],
 *         name: [notEmpty, text, nameIsFree],     // nameIsFree = async (value, { context }) => …
 *         tags: listOf(tag),
 *       },
 *       unknown: 'ignore',
 *     };
 *     const data = await validated(vocabulary, params, { sysadmin, sql: call.sql });
 *
 * A validator gives back the value that replaces the field's, or a verdict: `refuse(message)` (the chain goes on, so
 * a field may have several messages), `refuseAndStop(message)`, `stop`, `drop` (as if it had not been sent).
 * `undefined` is a field that was not sent, `null` is a value. Source of the rules: CKAN's `lib/navl`.
 */
export type { DatasetContext } from './dataset/context.ts';
export { datagovukFields, withDatagovukFields } from './dataset/datagovuk.ts';
export {
  datasetCreateSchema,
  datasetUpdateSchema,
  relationshipTypes,
  withFreeTags,
} from './dataset/dataset.ts';
export { keptExtras } from './dataset/extra.ts';
export { tagCharacters, tagLength, tagProblem, tagSchema } from './dataset/tag.ts';
export { flattenTags } from './pipeline/flatten_tags.ts';
export { pythonItems, pythonJson, pythonType } from './pipeline/python.ts';
export { pythonText, pythonTitle, pythonWords } from './pipeline/python_text.ts';
export {
  type Field,
  type Fields,
  type ListOf,
  listOf,
  type RecordValidator,
  type Report,
  type Schema,
  type Validator,
} from './pipeline/schema.ts';
export { isListOfRecords, type Validated, validate, validated } from './pipeline/validate.ts';
export { drop, refuse, refuseAndStop, stop, Verdict } from './pipeline/verdict.ts';
export { boolean } from './validators/boolean.ts';
export { email } from './validators/email.ts';
export { integer, natural, positive } from './validators/integer.ts';
export { isoDate } from './validators/iso_date.ts';
export { jsonObject } from './validators/json_object.ts';
export { longest } from './validators/longest.ts';
export {
  defaultTo,
  ifEmptySameAs,
  ignore,
  ignoreEmpty,
  ignoreMissing,
  mustBeEmpty,
  notEmpty,
  notMissing,
  nullable,
} from './validators/missing.ts';
export { name, nameLength } from './validators/name.ts';
export { oneOf } from './validators/one_of.ts';
export { type CallerContext, emptyIfNotSysadmin, ignoreNotSysadmin } from './validators/sysadmin.ts';
export { text, trimmed } from './validators/text.ts';
export { uuid } from './validators/uuid.ts';
