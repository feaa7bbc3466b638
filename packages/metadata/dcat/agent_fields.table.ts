import type { Field } from './field.ts';

/** Of a publisher or creator, behind `publisher_` or `creator_`. */
export const agentFields: readonly Field[] = [
  { key: 'name', property: 'foaf:name', kind: 'text' },
  { key: 'email', property: 'foaf:mbox', or: ['vcard:hasEmail'], kind: 'iri' },
  { key: 'url', property: 'foaf:homepage', kind: 'iri' },
  { key: 'type', property: 'dct:type', kind: 'iri' },
  { key: 'identifier', property: 'dct:identifier', kind: 'text' },
];

/** Of a contact, behind `contact_`. */
export const contactFields: readonly Field[] = [
  { key: 'name', property: 'vcard:fn', kind: 'text' },
  { key: 'email', property: 'vcard:hasEmail', kind: 'iri' },
  { key: 'identifier', property: 'vcard:hasUID', kind: 'text' },
  { key: 'url', property: 'vcard:hasURL', kind: 'iri' },
];
