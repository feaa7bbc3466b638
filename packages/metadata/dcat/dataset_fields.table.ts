import type { Field } from './field.ts';

/** Of a `dcat:Dataset`, what CKAN keeps in fields of its own. */
export const datasetFields: readonly Field[] = [
  { key: 'title', property: 'dct:title', kind: 'text' },
  { key: 'notes', property: 'dct:description', kind: 'text' },
  { key: 'url', property: 'dcat:landingPage', kind: 'iri', range: 'foaf:Document' },
  { key: 'version', property: 'dcat:version', or: ['owl:versionInfo', 'adms:version'], kind: 'text' },
];

/** Of a `dcat:Dataset`, what stands among the extras. */
export const extraFields: readonly Field[] = [
  { key: 'identifier', property: 'dct:identifier', kind: 'text' },
  { key: 'issued', property: 'dct:issued', kind: 'date' },
  { key: 'modified', property: 'dct:modified', kind: 'date' },
  { key: 'version_notes', property: 'adms:versionNotes', kind: 'text' },
  { key: 'frequency', property: 'dct:accrualPeriodicity', kind: 'text', range: 'dct:Frequency' },
  { key: 'provenance', property: 'dct:provenance', kind: 'statement', range: 'dct:ProvenanceStatement' },
  { key: 'access_rights', property: 'dct:accessRights', kind: 'statement', range: 'dct:RightsStatement' },
  { key: 'dcat_type', property: 'dct:type', kind: 'text' },
  {
    key: 'temporal_resolution',
    property: 'dcat:temporalResolution',
    kind: 'text',
    datatype: 'xsd:duration',
  },
  { key: 'spatial_resolution_in_meters', property: 'dcat:spatialResolutionInMeters', kind: 'number' },
  { key: 'language', property: 'dct:language', kind: 'list', range: 'dct:LinguisticSystem' },
  { key: 'theme', property: 'dcat:theme', kind: 'list' },
  { key: 'alternate_identifier', property: 'adms:identifier', kind: 'notations', range: 'adms:Identifier' },
  { key: 'conforms_to', property: 'dct:conformsTo', kind: 'list', range: 'dct:Standard' },
  { key: 'documentation', property: 'foaf:page', kind: 'list', range: 'foaf:Document' },
  { key: 'related_resource', property: 'dct:relation', kind: 'list' },
  { key: 'has_version', property: 'dct:hasVersion', or: ['dcat:hasVersion'], kind: 'list' },
  { key: 'is_version_of', property: 'dct:isVersionOf', kind: 'list' },
  { key: 'source', property: 'dct:source', kind: 'list' },
  { key: 'sample', property: 'adms:sample', kind: 'list', range: 'dcat:Distribution' },
  { key: 'is_referenced_by', property: 'dct:isReferencedBy', kind: 'list' },
  { key: 'applicable_legislation', property: 'dcatap:applicableLegislation', kind: 'list' },
  { key: 'hvd_category', property: 'dcatap:hvdCategory', kind: 'list' },
];
