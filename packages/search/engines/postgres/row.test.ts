import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildIndexDocument } from '../../document/build.ts';
import { documentRow } from './row.ts';
import { TermTable } from './term_table.ts';
import { rowBuilder } from './write.ts';

const dataset = {
  id: 'i',
  name: 'flood-risk',
  title: 'Flood’s risk of 2019/20 in the WiFi-zone',
  notes: 'Rivers and the sea, rivers first.\u001cMétro 12a O’Neill gigabytes in the 1990’s – — & … of it.',
  state: 'active',
  type: 'dataset',
  private: false,
  license_id: 'uk-ogl',
  metadata_created: '2024-06-10T09:00:00.123456',
  tags: [{ name: 'rivers and seas' }, { name: 'rain' }],
  groups: [{ name: 'water' }],
  organization: { name: 'office', title: 'Office' },
  extras: [
    { key: 'spatial', value: '{"type":"Point","coordinates":[1,2]}' },
    { key: 'review_date', value: '31/12/2020' },
    { key: 'guid', value: 'a-1' },
    { key: 'sign', value: '#' },
    { key: 'checked_date', value: '2020-12-31T23:59:59Z' },
  ],
  resources: [{ name: 'Levels', format: 'CSV', url: 'http://x.example/a.csv', description: 'Hourly levels' }],
};
const config = {
  siteId: 'default',
  extraResourceFields: [],
  vocabularies: new Map(),
  removeDeleted: true,
  now: Date.UTC(2024, 5, 15),
};

it('other rows are made of the same dataset only by another builder', () => {
  const { row } = documentRow(buildIndexDocument(dataset, ['public'], config)!, new TermTable());
  const told = JSON.stringify({ ...row, terms: Buffer.from(row['terms'] as Uint8Array).toString('latin1') });
  // Who changes the second raises the first: entries that are there are then made anew.
  expect([rowBuilder, createHash('sha256').update(told).digest('hex').slice(0, 16)]).toEqual([
    5,
    '08911a773b95b734',
  ]);
});
