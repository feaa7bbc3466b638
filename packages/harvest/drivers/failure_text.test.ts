import { invalid } from '@portolan/kernel';
import { expect, it } from 'vitest';
import type { ImportFailure } from '../driver.ts';
import { drivers } from '../drivers.ts';
import { failureMessage } from '../object/record_failure.ts';

const refused = invalid({ name: ['Not good'] });
const told = "{'name': ['Not good']}";
const content = '{"title": "Tea"}';

it.each<[type: string, validation: string, other: string]>([
  ['ckan', `Invalid package with GUID g: ${told}`, 'System error: lost'],
  ['dcat_json', `Error importing dataset Tea: ${told}`, 'Error importing dataset Tea: lost'],
  ['dcat_rdf', `Create validation Error: ${told}`, 'Error importing dataset Tea: lost'],
  ['inventory', `Validation Error: ${told}`, 'System error: lost'],
  ['csw', `Validation Error: ${told}`, 'System error: lost'],
  [
    'gemini-waf',
    `Error importing Gemini document: Validation Error: ${told}`,
    'Error importing Gemini document: lost',
  ],
])('a failure of a record of type %s is told as CKAN tells it', (type, validation, other) => {
  const driver = drivers.find(({ name }) => name === type);
  const tell = (error: unknown) => failureMessage(error, { guid: 'g', content }, { driver, exists: false });
  expect([tell(refused), tell(new Error('lost'))]).toEqual([validation, other]);
});

it('fields are told by the order of their names, parts after the rest', () => {
  const refused = invalid({
    tags: ['Short'],
    resources: [{ size: ['No number'], last_modified: ['No date'] }],
    version: ['Long'],
    extras_validation: ['Twice'],
    extras: [{}, { key: ['Missing value'] }],
  });
  const driver = drivers.find(({ name }) => name === 'ckan');
  expect(failureMessage(refused, { guid: 'g', content }, { driver, exists: false })).toBe(
    "Invalid package with GUID g: {'extras_validation': ['Twice'], 'version': ['Long'], 'extras': [{}, {'key': ['Missing value']}], 'resources': [{'last_modified': ['No date'], 'size': ['No number']}], 'tags': ['Short']}",
  );
});

it('of a dataset that is there already DCAT in RDF says that it was an update', () => {
  const driver = drivers.find(({ name }) => name === 'dcat_rdf');
  expect(failureMessage(refused, { guid: 'g', content }, { driver, exists: true })).toBe(
    `Update validation Error: ${told}`,
  );
});

it('of nothing that is known the GEMINI harvesters say so', () => {
  const failure: ImportFailure = {
    guid: 'g',
    content: null,
    validation: undefined,
    message: ' ',
    exists: true,
  };
  const driver = drivers.find(({ name }) => name === 'gemini-csw');
  expect(driver?.failureText?.(failure)).toBe('Error importing Gemini document.');
});
