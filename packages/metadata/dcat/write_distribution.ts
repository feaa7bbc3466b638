import type { Quad_Subject } from '@rdfjs/types';
import { iriOrLiteral, resource, type Statements, text, typed } from '../rdf/statements.ts';
import { isIri } from '../rdf/vocabulary.ts';
import { distributionFields } from './distribution_fields.table.ts';
import { textOf, writeFields } from './write_value.ts';

/** Says what a resource is, and that the dataset has it. */
export function writeDistribution(
  statements: Statements,
  dataset: Quad_Subject,
  of: Record<string, unknown>,
  portalUrl: string,
): void {
  const own = textOf(of['uri']);
  const subject = resource(
    isIri(own) ? own : `${portalUrl}/dataset/${of['package_id']}/resource/${of['id']}`,
  );
  statements.add(dataset, 'dcat:distribution', subject);
  statements.type(subject, 'dcat:Distribution');
  const standIns: Record<string, unknown> = {
    access_url: of['url'],
    issued: of['created'],
    modified: of['metadata_modified'],
  };
  writeFields(
    statements,
    subject,
    distributionFields,
    (key) => textOf(of[key]) || (of[key] ?? standIns[key]),
  );
  const mimetype = textOf(of['mimetype']);
  if (mimetype) statements.add(subject, 'dcat:mediaType', iriOrLiteral(mimetype));
  const format = textOf(of['format']);
  if (format) statements.add(subject, 'dct:format', iriOrLiteral(format));
  if (typeof of['size'] === 'number')
    statements.add(subject, 'dcat:byteSize', typed(String(of['size']), 'xsd:nonNegativeInteger'));
  writeChecksum(statements, subject, of);
}

function writeChecksum(statements: Statements, subject: Quad_Subject, of: Record<string, unknown>): void {
  const hash = textOf(of['hash']);
  if (!hash) return;
  const node = statements.node(subject, 'spdx:checksum', 'spdx:Checksum');
  statements.add(
    node,
    'spdx:checksumValue',
    /^([0-9a-f]{2})+$/i.test(hash) ? typed(hash, 'xsd:hexBinary') : text(hash),
  );
  const algorithm = textOf(of['hash_algorithm']);
  if (algorithm) statements.add(node, 'spdx:algorithm', iriOrLiteral(algorithm));
}
