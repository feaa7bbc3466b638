import { listOf, type RecordValidator, type Schema, type Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';
import { ignoreMissing } from '../validators/missing.ts';
import { text } from '../validators/text.ts';
import type { DatasetContext } from './context.ts';
import { extraSchema, isReserved, keyRules } from './extra.ts';

/** Themes of data.gov.uk. */
const themes = [
  'business-and-economy',
  'crime-and-justice',
  'defence',
  'digital-services-performance',
  'education',
  'environment',
  'government',
  'government-reference-data',
  'government-spending',
  'health',
  'mapping',
  'society',
  'towns-and-cities',
  'transport',
] as const;

const isTheme = (value: unknown): boolean =>
  value === '' || value === 'None' || (themes as readonly unknown[]).includes(value);

const theme: Validator = (value) => (isTheme(value) ? value : refuse(`Primary theme ${value} is not valid`));

const plain: readonly Validator[] = [ignoreMissing, text];

/** Fields that data.gov.uk's datasets have beside CKAN's: extras in the tables. Source: ckanext-datagovuk. */
const ownRules: Readonly<Record<string, readonly Validator[]>> = {
  'theme-primary': [ignoreMissing, text, theme],
  'licence-custom': plain,
  'schema-vocabulary': plain,
  codelist: plain,
  'contact-name': plain,
  'contact-email': plain,
  'contact-phone': plain,
  'foi-name': plain,
  'foi-email': plain,
  'foi-web': plain,
  'foi-phone': plain,
};

/** Extras of the portal before this one, which clients read as fields: what is JSON among them is told as what it says. */
const legacy = [
  'core-dataset',
  'date_released',
  'date_update_future',
  'date_updated',
  'geographic_coverage',
  'geographic_granularity',
  'precision',
  'temporal_coverage-from',
  'temporal_coverage-to',
  'temporal_granularity',
  'theme-secondary',
  'unpublished',
  'update_frequency',
  'odi-certificate',
];

/** Names of the fields; no extra may be called like one that is `own`. */
export const datagovukFields = {
  own: new Set(Object.keys(ownRules)),
  legacy: new Set(legacy),
};

const rules = { ...ownRules, ...Object.fromEntries(legacy.map((name) => [name, plain])) };

const notReserved: Validator = (value) =>
  isReserved(String(value)) || datagovukFields.own.has(String(value))
    ? refuse(`"${value}" clashes with an existing reserved schema field that has the same name`)
    : value;

/** From the top to the extras, where they are stored; an extra of that name counts more. */
const storeAsExtras: RecordValidator = (record) => {
  const extras = Array.isArray(record['extras']) ? (record['extras'] as Record<string, unknown>[]) : [];
  const there = new Set(extras.map(({ key }) => key));
  const sent: Record<string, unknown>[] = [];
  for (const key of Object.keys(rules)) {
    if (!Object.hasOwn(record, key)) continue;
    if (!there.has(key)) sent.push({ key, value: record[key] });
    delete record[key];
  }
  if (sent.length > 0) record['extras'] = [...extras, ...sent];
};

/** The rules of a dataset with data.gov.uk's fields; addresses of people are not checked there. */
export const withDatagovukFields = (schema: Schema<DatasetContext>): Schema<DatasetContext> => ({
  ...schema,
  fields: {
    ...schema.fields,
    ...rules,
    author_email: plain,
    maintainer_email: plain,
    extras: listOf<DatasetContext>({
      ...extraSchema,
      fields: { ...extraSchema.fields, key: [...keyRules, notReserved] },
    }),
  },
  after: [...(schema.after ?? []), storeAsExtras],
});
