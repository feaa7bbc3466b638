import { canonicalFormat, licenses } from '@portolan/catalogue';
import { pythonJson } from '../../text/python_json.rules.ts';
import { isObject, type Json, listOf, textOf } from './json.rules.ts';

/** What CKAN's harvester leaves out of a record of a data.json (specification, harvesting 12.1). */
export interface Additions {
  license_id?: string;
  extras: { key: string; value: string }[];
}

export function additionsOf(record: Json): Additions {
  const license = licenseOf(record['license']);
  const themes = (isObject(record['theme']) ? [] : [record['theme']].flat())
    .map((theme) => textOf(theme)?.trim())
    .filter((theme) => theme);
  return {
    ...license,
    extras: [
      ...license.extras,
      ...contactExtras(record['contactPoint']),
      ...(themes.length > 0 ? [{ key: 'dcat_theme', value: pythonJson(themes) }] : []),
      ...periodExtras(record['temporal']),
    ],
  };
}

/** Whether everybody may have the data; a record that does not say so is one of a catalogue that has nothing else. */
export const isPublic = ({ accessLevel: level }: Json): boolean =>
  typeof level !== 'string' || level.trim() === '' || level.trim().toLowerCase() === 'public';

/** Media type and format of a distribution, where it tells them. */
export function mediaOf(distribution: Json): Json {
  const type = textOf(distribution['mediaType'])?.trim();
  if (!type) return {};
  const bare = type.split(';')[0]?.trim() ?? '';
  const format = canonicalFormat(bare);
  // What nobody knows is left to be guessed by its address.
  return { mimetype: type, ...(format !== bare && !textOf(distribution['format']) ? { format } : {}) };
}

/** Without what makes no difference to where an address leads. */
const plainAddress = (url: string): string =>
  url
    .trim()
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/\/+$/, '')
    .toLowerCase();

const licensesByAddress = new Map(
  licenses.filter(({ url }) => url !== '').map(({ id, url }) => [plainAddress(url), id]),
);

function licenseOf(value: unknown): Additions {
  const text = textOf(isObject(value) ? value['@id'] : value)?.trim();
  if (!text) return { extras: [] };
  const id = licensesByAddress.get(plainAddress(text));
  return id === undefined ? { extras: [{ key: 'licence', value: text }] } : { license_id: id, extras: [] };
}

/** What forms put in where nobody was named. */
const placeholder = /^(<.*>|n\/?a|none|null|nobody|unknown|-+)$/i;

function contactExtras(value: unknown): Additions['extras'] {
  const contact = isObject(value) ? value : listOf(value).find(isObject);
  const email = contact?.['hasEmail'];
  return [
    { key: 'contact-name', text: textOf(contact?.['fn']) },
    {
      key: 'contact-email',
      text: textOf(isObject(email) ? email['@id'] : email)?.replace(/^\s*mailto:/i, ''),
    },
  ].flatMap(({ key, text = '' }) => {
    const told = text.trim();
    return told === '' || placeholder.test(told) ? [] : [{ key, value: told }];
  });
}

/** A period's beginning and end; an interval that is told by its length has but one of them. */
function periodExtras(value: unknown): Additions['extras'] {
  const parts = textOf(value)?.split('/') ?? [];
  if (parts.length !== 2) return [];
  return ['temporal_coverage-from', 'temporal_coverage-to'].flatMap((key, index) => {
    const date = parts[index]?.trim() ?? '';
    return /^[+-]?\d/.test(date) ? [{ key, value: date }] : [];
  });
}
