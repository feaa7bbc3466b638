import type { Term } from '@rdfjs/types';
import { distributionFields, serviceFields } from './distribution_fields.table.ts';
import { distributionFormat } from './format.rules.ts';
import { lexical, type Reading, readFields, type Value } from './read_value.ts';

/** A resource; lists and services are not yet JSON texts. */
export type DcatResource = Record<string, Value | Record<string, Value>[]>;

export function readDistribution(
  reading: Reading,
  distribution: Term,
  format: (text: string) => string,
): DcatResource {
  const { graph } = reading;
  const fields = readFields(reading, distribution, distributionFields);
  const uri = distribution.termType === 'NamedNode' ? distribution.value : '';
  const size = byteSize(lexical(graph.objects(distribution, 'dcat:byteSize')[0]));
  const services = graph
    .objects(distribution, 'dcat:accessService')
    .map((service) => ({ ...readFields(reading, service, serviceFields), uri: lexical(service) ?? '' }));
  return {
    ...fields,
    url: fields['download_url'] ?? fields['access_url'] ?? '',
    ...distributionFormat(reading, distribution, format),
    ...(size === undefined ? {} : { size }),
    ...checksum(reading, distribution),
    ...(services.length > 0 ? { access_services: services } : {}),
    uri,
    // What other statements call the distribution by.
    ...(uri ? { distribution_ref: uri } : {}),
  };
}

/** A decimal by DCAT-AP; whole bytes here. */
function byteSize(text: string | undefined): number | undefined {
  const bytes = text === undefined ? Number.NaN : Math.trunc(Number(text));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

function checksum({ graph }: Reading, distribution: Term): Record<string, string> {
  const [node] = graph.objects(distribution, 'spdx:checksum');
  if (!node) return {};
  const hash = lexical(graph.objects(node, 'spdx:checksumValue')[0]);
  const algorithm = lexical(graph.objects(node, 'spdx:algorithm')[0]);
  return { ...(algorithm ? { hash_algorithm: algorithm } : {}), ...(hash ? { hash } : {}) };
}
