import type { Field } from './field.ts';

/** Of a `dcat:Distribution`, the keys of a resource. */
export const distributionFields: readonly Field[] = [
  { key: 'name', property: 'dct:title', kind: 'text' },
  { key: 'description', property: 'dct:description', kind: 'text' },
  { key: 'access_url', property: 'dcat:accessURL', kind: 'iri' },
  { key: 'download_url', property: 'dcat:downloadURL', kind: 'iri' },
  { key: 'issued', property: 'dct:issued', kind: 'date' },
  { key: 'modified', property: 'dct:modified', kind: 'date' },
  { key: 'status', property: 'adms:status', kind: 'iri' },
  { key: 'license', property: 'dct:license', kind: 'iri', range: 'dct:LicenseDocument' },
  { key: 'rights', property: 'dct:rights', kind: 'statement', range: 'dct:RightsStatement' },
  { key: 'language', property: 'dct:language', kind: 'list', range: 'dct:LinguisticSystem' },
  { key: 'documentation', property: 'foaf:page', kind: 'list', range: 'foaf:Document' },
  { key: 'conforms_to', property: 'dct:conformsTo', kind: 'list', range: 'dct:Standard' },
  { key: 'availability', property: 'dcatap:availability', kind: 'iri' },
  { key: 'compress_format', property: 'dcat:compressFormat', kind: 'iri' },
  { key: 'package_format', property: 'dcat:packageFormat', kind: 'iri' },
  {
    key: 'temporal_resolution',
    property: 'dcat:temporalResolution',
    kind: 'text',
    datatype: 'xsd:duration',
  },
  { key: 'spatial_resolution_in_meters', property: 'dcat:spatialResolutionInMeters', kind: 'number' },
  { key: 'applicable_legislation', property: 'dcatap:applicableLegislation', kind: 'list' },
];

/** Of a `dcat:DataService` behind a distribution. */
export const serviceFields: readonly Field[] = [
  { key: 'title', property: 'dct:title', kind: 'text' },
  { key: 'description', property: 'dct:description', kind: 'text' },
  { key: 'endpoint_description', property: 'dcat:endpointDescription', kind: 'iri' },
  { key: 'endpoint_url', property: 'dcat:endpointURL', kind: 'list' },
  { key: 'serves_dataset', property: 'dcat:servesDataset', kind: 'list' },
  { key: 'license', property: 'dct:license', kind: 'iri' },
  { key: 'access_rights', property: 'dct:accessRights', kind: 'iri' },
  { key: 'availability', property: 'dcatap:availability', kind: 'iri' },
];
