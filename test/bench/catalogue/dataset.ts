import { createHash } from 'node:crypto';
import { Dice, wordsOf } from './vocabulary.ts';

/** A dataset as rows of CKAN's tables, as far as they differ from dataset to dataset. */
export interface GeneratedDataset {
  id: string;
  name: string;
  title: string;
  notes: string;
  owner_org: string;
  license_id: string | null;
  created: string;
  modified: string;
  private: boolean;
  tags: number[];
  extras: [string, string][];
  resources: { id: string; url: string; format: string; name: string; description: string }[];
}

export const organizationCount = 1000;
export const tagCount = 5000;

const words = wordsOf(30_000);
const formats = ['CSV', 'HTML', 'PDF', 'XLS', 'WMS', 'ZIP', 'GeoJSON', 'JSON', 'XML', 'KML', 'SHP', 'csv'];
const licences = ['uk-ogl', 'uk-ogl', 'uk-ogl', 'cc-by', 'other-nc', 'notspecified', null];
const themes = `environment health mapping government transport society education crime-and-justice
  government-spending business-and-economy towns-and-cities defence`.split(/\s+/);
const frequencies = ['annual', 'monthly', 'daily', 'asNeeded', 'unknown', 'quarterly'];

const uuidOf = (text: string) =>
  createHash('md5')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

export const organizationId = (number: number): string => uuidOf(`organization ${number}`);
export const organizationName = (number: number): string => `${words[200 + number]}-council-${number}`;
export const tagId = (number: number): string => uuidOf(`tag ${number}`);
export const tagName = (number: number): string =>
  `${words[number]} ${number % 3 === 0 ? words[number * 2] : number}`;

/** The `number`-th dataset: the same in every run, whatever else is generated. */
export function datasetOf(number: number): GeneratedDataset {
  const dice = new Dice(number + 7);
  const text = (least: number, more: number) =>
    Array.from({ length: least + dice.below(more) }, () => words[dice.rank(words.length)]).join(' ');
  const title = text(3, 6);
  const id = uuidOf(`dataset ${number}`);
  const created = Date.UTC(2010, 0, 1) + dice.below(14 * 365 * 24 * 60) * 60_000;
  const age = dice.next() ** 3 * (Date.UTC(2026, 0, 1) - created);
  return {
    id,
    name: `${title.replaceAll(' ', '-').slice(0, 80)}-${number}`,
    title: title[0]!.toUpperCase() + title.slice(1),
    notes: `${text(20, 60)}. ${text(20, 60)}.`,
    owner_org: organizationId(dice.rank(organizationCount)),
    license_id: dice.of(licences),
    created: timeOf(created),
    modified: timeOf(Date.UTC(2026, 0, 1) - age),
    private: number % 50 === 49,
    tags: [...new Set(Array.from({ length: 2 + dice.below(6) }, () => dice.rank(tagCount)))],
    extras: extrasOf(number, dice),
    resources: Array.from({ length: 1 + dice.rank(12) }, (_, place) => ({
      id: uuidOf(`resource ${number} ${place}`),
      url: `https://data.example.org/${number}/${place}`,
      format: formats[dice.rank(formats.length)]!,
      name: text(2, 4),
      description: text(4, 10),
    })),
  };
}

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, -1);

function extrasOf(number: number, dice: Dice): [string, string][] {
  const extras: [string, string][] = [
    ['theme-primary', dice.of(themes)],
    ['contact-name', `${words[dice.rank(words.length)]} team`],
    ['frequency-of-update', dice.of(frequencies)],
    ['guid', uuidOf(`guid ${number}`)],
  ];
  if (number % 3 > 0) return extras;
  const west = -7 + dice.next() * 8;
  const south = 50 + dice.next() * 8;
  const [east, north] = [west + 0.05 + dice.next(), south + 0.05 + dice.next()];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  extras.push(['spatial', JSON.stringify({ type: 'Polygon', coordinates: [ring] })]);
  extras.push(
    ['metadata-date', '2024-03-01'],
    ['responsible-party', `${words[dice.rank(3000)]} (pointOfContact)`],
  );
  return extras;
}
