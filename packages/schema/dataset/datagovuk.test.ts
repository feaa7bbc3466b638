import { describe, expect, it } from 'vitest';
import { validate } from '../pipeline/validate.ts';
import type { DatasetContext } from './context.ts';
import { withDatagovukFields } from './datagovuk.ts';
import { datasetUpdateSchema } from './dataset.ts';
import { keptExtras } from './extra.ts';

const context: DatasetContext = {
  sysadmin: false,
  current: { id: 'one', owner_org: null },
  mayChangeState: true,
  unownedAllowed: true,
  owner: () => undefined,
  isNameTaken: () => false,
  isDatasetId: () => false,
  isVocabulary: () => false,
  isForeignResource: () => false,
  canonicalFormat: (format) => format,
  guessMediaType: () => undefined,
};
const check = (fields: object) => validate(withDatagovukFields(datasetUpdateSchema), { ...fields }, context);

describe('a dataset of data.gov.uk', () => {
  it('keeps its fields as extras, empty ones too, and what is JSON as its text', async () => {
    const { data, errors } = await check({
      'theme-primary': 'towns-and-cities',
      'contact-email': '',
      'foi-web': null,
      unpublished: false,
      'odi-certificate': { level: 'pilot' },
      extras: [{ key: 'guid', value: '7' }],
    });
    expect(errors).toEqual({});
    expect(data).not.toHaveProperty('theme-primary');
    expect(keptExtras(data)).toEqual([
      { key: 'guid', value: '7' },
      { key: 'theme-primary', value: 'towns-and-cities' },
      { key: 'contact-email', value: '' },
      { key: 'unpublished', value: 'false' },
      { key: 'odi-certificate', value: '{"level": "pilot"}' },
    ]);
  });

  it.each(['', 'None', 'health'])('may have the theme %j', async (theme) => {
    expect((await check({ 'theme-primary': theme })).errors).toEqual({});
  });

  it('may have no other', async () => {
    expect((await check({ 'theme-primary': 'weather' })).errors).toEqual({
      'theme-primary': ['Primary theme weather is not valid'],
    });
  });

  it.each(['title', 'theme-primary', 'contact-name'])('has no extra that is called %s', async (key) => {
    expect((await check({ extras: [{ key, value: 'x' }] })).errors).toEqual({
      extras: [{ key: [`"${key}" clashes with an existing reserved schema field that has the same name`] }],
    });
  });

  it('may have one that is called like a field of old, which counts more than the field', async () => {
    const extras = [{ key: 'geographic_coverage', value: '100000: England' }];
    const { data, errors } = await check({ geographic_coverage: 'Wales', extras });
    expect(errors).toEqual({});
    expect(keptExtras(data)).toEqual(extras);
  });

  it('may name people by whatever address', async () => {
    expect((await check({ author_email: 'see our pages', maintainer_email: 'x@' })).errors).toEqual({});
  });
});
