import type { Schema, Validator } from '../pipeline/schema.ts';
import { refuse, refuseAndStop } from '../pipeline/verdict.ts';
import { integer } from '../validators/integer.ts';
import { isoDate } from '../validators/iso_date.ts';
import { ignore, ignoreEmpty, ignoreMissing } from '../validators/missing.ts';
import { text, trimmed } from '../validators/text.ts';
import { uuid } from '../validators/uuid.ts';
import type { DatasetContext } from './context.ts';

const ownId: Validator<DatasetContext> = (value, { context }) =>
  typeof value === 'string' && context.isForeignResource(value)
    ? refuse('Resource id already exists.')
    : value;

/** CKAN's `if_empty_guess_format`: only for a new resource. */
const guessFormat: Validator<DatasetContext> = (value, { record, context }) => {
  const { id, url } = record;
  if (value || id || typeof url !== 'string' || !url) return value;
  return context.guessMediaType(url) ?? value;
};

/** CKAN's `clean_format`. */
const cleanFormat: Validator<DatasetContext> = (value, { context }) => context.canonicalFormat(String(value));

/** CKAN's uploader: who clears the upload has a plain link. */
const clearedUpload: Validator<DatasetContext> = (value, { record }) =>
  isTrue(record['clear_upload']) ? '' : value;

/** What Python takes for true. */
const isTrue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

/**
 * CKAN takes addresses apart and fails at what is no text or has half of the brackets of an IPv6 address; here that is
 * the client's error.
 */
const readable: Validator = (value) => {
  if (typeof value !== 'string') return refuseAndStop('Must be a Unicode string value');
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(value)?.[1] ?? '';
  return host.includes('[') === host.includes(']') ? value : refuseAndStop('Please provide a valid URL');
};

const plain: readonly Validator<DatasetContext>[] = [ignoreMissing, text];

/**
 * A resource, new or stored. Whatever is not named here is kept as an extra of the resource, as the JSON value it is.
 */
export const resourceSchema: Schema<DatasetContext> = {
  fields: {
    id: [ignoreEmpty, uuid, ownId],
    // Before the address loses its blanks: what ends in one has no ending to guess by.
    format: [guessFormat, ignoreMissing, text, cleanFormat],
    url: [ignoreMissing, readable, trimmed],
    name: plain,
    description: plain,
    hash: plain,
    resource_type: plain,
    url_type: [clearedUpload, ignoreMissing, text],
    mimetype: plain,
    mimetype_inner: plain,
    cache_url: plain,
    size: [ignoreMissing, integer],
    created: [ignoreMissing, isoDate],
    last_modified: [ignoreMissing, isoDate],
    cache_last_updated: [ignoreMissing, isoDate],
    package_id: [ignore],
    position: [ignore],
    state: [ignore],
    revision_timestamp: [ignore],
    tracking_summary: [ignore],
    extras: [ignore],
    metadata_modified: [ignoreMissing],
    upload: [ignore],
    clear_upload: [ignore],
  },
  unknown: 'keep',
};
