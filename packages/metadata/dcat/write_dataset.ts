import type { Quad_Subject } from '@rdfjs/types';
import { resource, type Statements, text, typed } from '../rdf/statements.ts';
import { isIri, type Name } from '../rdf/vocabulary.ts';
import { agentFields, contactFields } from './agent_fields.table.ts';
import { datasetFields, extraFields } from './dataset_fields.table.ts';
import { dateType } from './date.rules.ts';
import type { Field } from './field.ts';
import { writeDistribution } from './write_distribution.ts';
import { writeLocation } from './write_location.ts';
import { textOf, writeField, writeFields } from './write_value.ts';

/** A dataset as `package_show` answers it. */
export type CkanDataset = Record<string, unknown>;

/**
 * Says in DCAT-AP what a dataset is, by the tables that harvesting reads it with.
 * @returns the dataset's IRI: its own, else its address in the portal
 */
export function writeDataset(statements: Statements, dataset: CkanDataset, portalUrl: string): string {
  const extras = extrasOf(dataset);
  const told = (key: string) => extras.get(key) ?? dataset[key];
  const own = textOf(told('uri'));
  const address = isIri(own) ? own : `${portalUrl}/dataset/${dataset['id']}`;
  const subject = resource(address);
  statements.type(subject, 'dcat:Dataset');
  writeFields(statements, subject, datasetFields, (key) => dataset[key]);
  writeFields(statements, subject, extraFields, (key) => told(key) ?? standIn(key, dataset, extras));
  for (const tag of listOf(dataset['tags']))
    statements.add(subject, 'dcat:keyword', text(textOf(tag['name'])));
  writeContact(statements, subject, told);
  writePublisher(statements, subject, told, dataset, portalUrl);
  writeAgent(statements, subject, 'dct:creator', 'creator', told);
  writePeriod(statements, subject, told);
  writeLocation(statements, subject, told);
  for (const one of listOf(dataset['resources'])) writeDistribution(statements, subject, one, portalUrl);
  return address;
}

function extrasOf(dataset: CkanDataset): Map<string, unknown> {
  return new Map(listOf(dataset['extras']).map(({ key, value }) => [String(key), value]));
}

/** What the catalogue itself knows where the publisher says nothing. */
function standIn(key: string, dataset: CkanDataset, extras: Map<string, unknown>): unknown {
  if (key === 'identifier') return extras.get('guid') ?? dataset['id'];
  if (key === 'issued') return dataset['metadata_created'];
  return key === 'modified' ? dataset['metadata_modified'] : undefined;
}

type Told = (key: string) => unknown;

function writeContact(statements: Statements, subject: Quad_Subject, told: Told): void {
  const name = textOf(told('contact_name') ?? told('maintainer') ?? told('author'));
  const email = textOf(told('contact_email') ?? told('maintainer_email') ?? told('author_email'));
  if (!name && !email) return;
  const uri = textOf(told('contact_uri'));
  const contact = party(statements, subject, 'dcat:contactPoint', 'vcard:Organization', uri);
  const values: Record<string, unknown> = {
    name,
    email: email && `mailto:${email.replace(/^mailto:/i, '')}`,
  };
  writeFields(statements, contact, contactFields, (key) => values[key] ?? told(`contact_${key}`));
}

function writePublisher(
  statements: Statements,
  subject: Quad_Subject,
  told: Told,
  dataset: CkanDataset,
  portalUrl: string,
): void {
  if (writeAgent(statements, subject, 'dct:publisher', 'publisher', told)) return;
  const organization = dataset['organization'] as Record<string, unknown> | null | undefined;
  if (!organization) return;
  const address = `${portalUrl}/organization/${organization['id']}`;
  const publisher = party(statements, subject, 'dct:publisher', 'foaf:Agent', address);
  statements.add(publisher, 'foaf:name', text(textOf(organization['title']) || String(organization['name'])));
}

/** @returns whether there is anything to say */
function writeAgent(
  statements: Statements,
  subject: Quad_Subject,
  property: Name,
  role: string,
  told: Told,
): boolean {
  const uri = textOf(told(`${role}_uri`));
  if (!uri && !textOf(told(`${role}_name`))) return false;
  const agent = party(statements, subject, property, 'foaf:Agent', uri);
  writeFields(statements, agent, agentFields, (key) => told(`${role}_${key}`));
  return true;
}

function party(
  statements: Statements,
  subject: Quad_Subject,
  property: Name,
  type: Name,
  uri: string,
): Quad_Subject {
  if (!isIri(uri)) return statements.node(subject, property, type);
  const node = resource(uri);
  statements.add(subject, property, node);
  statements.type(node, type);
  return node;
}

const periodFields: readonly Field[] = [
  { key: 'temporal_start', property: 'dcat:startDate', kind: 'date' },
  { key: 'temporal_end', property: 'dcat:endDate', kind: 'date' },
];

function writePeriod(statements: Statements, subject: Quad_Subject, told: Told): void {
  const dates = periodFields.filter(({ key }) => textOf(told(key)) !== '');
  if (dates.length === 0) return;
  const period = statements.node(subject, 'dct:temporal', 'dct:PeriodOfTime');
  for (const field of dates) writeField(statements, period, field, told(field.key));
}

const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? (value as Record<string, unknown>[]) : [];

/** A moment as a typed literal, for what is said of the catalogue. */
export const moment = (value: string) => typed(value, dateType(value) ?? 'xsd:string');
