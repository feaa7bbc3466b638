import { decodeHTML } from 'entities';
import type { DatasetDict } from '../../dataset_writer.ts';
import { detectLicence } from '../../text/licence.rules.ts';
import { at, childrenOf, textOf, type XmlElement } from './xml_element.ts';

const yes = new Set(['True', 'Yes']);

/** A dataset of an inventory as data.gov.uk's harvester maps it (specification, harvesting 13.3). */
export function datasetFromInventory(
  element: XmlElement,
  guid: string,
  canonicalFormat: (format: string) => string,
): DatasetDict {
  const licence = rights(element);
  const subjects = (name: string) =>
    at(element, 'Subjects', 'Subject', name)
      .map(({ text }) => text)
      .join(' ');
  return {
    title: textOf(element, 'Title'),
    notes: decodeHTML(textOf(element, 'Description')),
    state: yes.has(element.attributes['Active'] ?? '') ? 'active' : 'deleted',
    license_id: licence.license_id,
    extras: [
      { key: 'inventory_identifier', value: textOf(element, 'Identifier') },
      { key: 'guid', value: guid },
      { key: 'harvest_source_reference', value: guid },
      { key: 'la_service', value: subjects('Service') },
      { key: 'la_function', value: subjects('Function') },
      ...(licence.licence ? [{ key: 'licence', value: licence.licence }] : []),
    ],
    resources: at(element, 'Resources', 'Resource').flatMap((resource) =>
      at(resource, 'Renditions', 'Rendition')
        .filter(({ attributes }) => ['', ...yes].includes(attributes['Active'] ?? ''))
        .map((rendition) => resourceFrom(resource, rendition, canonicalFormat)),
    ),
  };
}

function rights(element: XmlElement) {
  const text = textOf(element, 'Rights');
  // The address without a version meant the second when inventories were written.
  return detectLicence(text.replace(/(\/doc\/open-government-licence)\/?$/, '$1/version/2/'));
}

function resourceFrom(
  resource: XmlElement,
  rendition: XmlElement,
  canonicalFormat: (format: string) => string,
): Record<string, unknown> {
  const format = canonicalFormat(textOf(rendition, 'MimeType'));
  const availability = textOf(rendition, 'Availability');
  return {
    url: textOf(rendition, 'Identifier'),
    format,
    description: textOf(rendition, 'Title') + (availability ? ` - ${availability}` : ''),
    resource_type: resource.attributes['Type'] === 'Data' ? 'file' : 'documentation',
    'schema-url': childrenOf(rendition, 'ConformsTo')[0]?.text ?? null,
    'schema-type': { CSV: 'csvlint', XML: 'xsd' }[format] ?? '',
  };
}
