import { createHash } from 'node:crypto';
import type { Config } from '@portolan/kernel';
import type { PresentationSettings } from '../dataset/presenter.ts';

/** Raised whenever presenter.ts answers the same rows differently. */
const builder = 4;

/** Strong validator of a document: another text, or the same text under another form, has another. */
export const documentEtag = (form: string, text: string): string =>
  createHash('sha256').update(form).update(text).digest('base64url').slice(0, 27);

/** Names the builder and the settings that show in a document, so that a stored one is used only while both hold. */
export function documentForm(settings: PresentationSettings): string {
  const shown = JSON.stringify([
    builder,
    settings.siteUrl,
    settings.plugins.includes('datastore'),
    settings.profile,
  ]);
  return createHash('sha256').update(shown).digest('hex').slice(0, 16);
}

/** Raised whenever another index document is made of the same dataset. */
const entryBuilder = 2;

/** Names what index entries are made by: the document, the settings that show in an entry, the engine's own form. */
export function entryForm(config: Config, engineForm: string): string {
  const { siteId, extraResourceFields, searchRemoveDeleted, allowCollaborators } = config;
  const shown = [entryBuilder, documentForm(config), engineForm];
  const settings = [siteId, extraResourceFields, searchRemoveDeleted, allowCollaborators];
  return createHash('sha256')
    .update(JSON.stringify([shown, settings]))
    .digest('hex')
    .slice(0, 16);
}
