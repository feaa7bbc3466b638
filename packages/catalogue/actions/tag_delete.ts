import { invalid, notFound } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { isTruthy, requireSent } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { findTag, type TagRow } from '../tag/find.ts';
import { deleteTags } from '../tag/vocabulary.ts';

export const tagDelete = writeAction<TagRow>({
  name: 'tag_delete',
  summary: 'Deletes a tag for ever, also from the datasets that have it.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the tag.' },
    vocabulary_id: { type: 'text', meaning: 'Id or name of its vocabulary; a free tag when missing.' },
  },
  async authorise(call, params) {
    if (!isTruthy(params['id'])) throw invalid({ id: 'id not in data' });
    requireSent(params, ['id']);
    const tag = await findTag(call.sql, params['id'], params['vocabulary_id']);
    if (!tag) throw notFound(`Could not find tag "${pythonWords(params['id'])}"`);
    sysadminOnly(call);
    return tag;
  },
  async handle(call, _params, tag) {
    await deleteTags(call.sql, [tag.id]);
    return null;
  },
});
