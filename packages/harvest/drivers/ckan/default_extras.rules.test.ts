import { expect, it } from 'vitest';
import { addDefaultExtras } from './default_extras.rules.ts';

type Context = Parameters<typeof addDefaultExtras>[1];
const source = { id: 's-1', url: 'http://remote.test/', title: 'Remote' };

it.each([
  [
    'stay behind what is there',
    {},
    [{ key: 'a', value: 'theirs' }],
    ['a=theirs', 'b=of Remote {unheard_of}'],
  ],
  [
    'that override take the place of what is there',
    { override_extras: true },
    [
      { key: 'a', value: 'theirs' },
      { key: 'c', value: 'theirs' },
    ],
    ['a=s-1', 'c=theirs', 'b=of Remote {unheard_of}'],
  ],
  [
    'that override replace the first of two',
    { override_extras: true },
    [
      { key: 'a', value: 'theirs' },
      { key: 'a', value: 'again' },
    ],
    ['a=s-1', 'a=again', 'b=of Remote {unheard_of}'],
  ],
])('default extras %s', (_how, config, extras, expected) => {
  const dataset = { extras };
  addDefaultExtras(dataset, {
    config: {
      ...config,
      default_extras: { a: '{harvest_source_id}', b: 'of {harvest_source_title} {unheard_of}' },
    },
    source,
    jobId: 'j-1',
    object: { id: 'o-1' },
  } as unknown as Context);
  expect(dataset.extras.map(({ key, value }) => `${key}=${value}`)).toEqual(expected);
});
