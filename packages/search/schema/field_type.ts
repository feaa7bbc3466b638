/** How a field's values are turned into terms; the names are those of CKAN's Solr schema. */
export type FieldType = 'string' | 'text' | 'text_general' | 'text_ngram' | 'date' | 'int' | 'float';

export interface Field {
  type: FieldType;
  /** Returned by `fl`. */
  stored: boolean;
  multiValued: boolean;
}

const field = (type: FieldType, stored = true, multiValued = false): Field =>
  Object.freeze({ type, stored, multiValued });

const single = field('string');
const several = field('string', true, true);
const hiddenText = field('text', false, true);
const hiddenNumber = field('int', false);
const float = field('float');

const explicit = new Map<string, Field>([
  ['index_id', single],
  ['id', single],
  ['site_id', single],
  ['title', field('text')],
  ['title_ngram', field('text_ngram')],
  ['entity_type', single],
  ['dataset_type', single],
  ['state', single],
  ['name', single],
  ['name_ngram', field('text_ngram')],
  ['revision_id', single],
  ['version', single],
  ['url', single],
  ['ckan_url', single],
  ['download_url', single],
  ['notes', field('text')],
  ['author', field('text_general')],
  ['author_email', field('text_general')],
  ['maintainer', field('text_general')],
  ['maintainer_email', field('text_general')],
  ['license', single],
  ['license_id', single],
  ['tags', several],
  ['groups', several],
  ['organization', single],
  ['capacity', single],
  ['permission_labels', field('string', false, true)],
  ['res_name', field('text_general', true, true)],
  ['res_description', field('text_general', true, true)],
  ['res_format', several],
  ['res_url', several],
  ['res_type', several],
  ['text', hiddenText],
  ['urls', hiddenText],
  ['depends_on', hiddenText],
  ['dependency_of', hiddenText],
  ['derives_from', hiddenText],
  ['has_derivation', hiddenText],
  ['links_to', hiddenText],
  ['linked_from', hiddenText],
  ['child_of', hiddenText],
  ['parent_of', hiddenText],
  ['harvest', field('text', true, true)],
  ['views_total', hiddenNumber],
  ['views_recent', hiddenNumber],
  ['resources_accessed_total', hiddenNumber],
  ['resources_accessed_recent', hiddenNumber],
  ['metadata_created', field('date')],
  ['metadata_modified', field('date')],
  ['indexed_ts', field('date')],
  ['title_string', field('string', false)],
  ['data_dict', single],
  ['validated_data_dict', single],
  ['_version_', single],
  ['minx', float],
  ['miny', float],
  ['maxx', float],
  ['maxy', float],
  ['bbox_area', float],
]);

// In the order of their length: the longest pattern that fits decides.
const patterns: [(name: string) => boolean, Field][] = [
  [(name) => name.startsWith('res_extras_'), field('text', true, true)],
  [(name) => name.startsWith('extras_'), field('text')],
  [(name) => name.startsWith('vocab_'), several],
  [(name) => name.endsWith('_date'), field('date')],
];

const anyOther = field('string', false);

/** The fields that the schema names one by one. */
export const explicitFields: ReadonlyMap<string, Field> = explicit;

/** The field of that name; every name has one (an unknown name is an exact string). Source: CKAN's `schema.xml`. */
export function fieldOf(name: string): Field {
  return explicit.get(name) ?? patterns.find(([fits]) => fits(name))?.[1] ?? anyOther;
}

export const isTokenised = (type: FieldType) =>
  type === 'text' || type === 'text_general' || type === 'text_ngram';
