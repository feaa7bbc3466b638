import { unlessTaken } from '../action/conflict.ts';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import {
  presentVocabularies,
  replaceTags,
  takenVocabularyName,
  vocabularyFields,
} from '../tag/vocabulary.ts';

export const vocabularyCreate = writeAction<void>({
  name: 'vocabulary_create',
  summary: 'Makes a vocabulary.',
  parameters: {
    name: { type: 'text', required: true, meaning: 'Any text of 2 to 100 characters.' },
    tags: { type: 'list', meaning: 'Its tags: objects with name.' },
  },
  authorise: sysadminOnly,
  async handle(call, params) {
    const { name, tags } = await vocabularyFields(call, params, undefined);
    const id = call.site.runtime.id();
    await unlessTaken({ vocabulary_name_key: { name: [takenVocabularyName] } }, () =>
      call.sql.rows('INSERT INTO vocabulary (id, name) VALUES ($1, $2)', [id, name]),
    );
    await replaceTags(
      call.site,
      call.sql,
      id,
      (tags ?? []).map((tag) => tag.name),
    );
    return (await presentVocabularies(call.sql, [id]))[0];
  },
});
