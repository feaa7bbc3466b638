import type { Sql } from '@portolan/db';
import {
  mustBeEmpty,
  notEmpty,
  refuse,
  refuseAndStop,
  type Schema,
  tagCharacters,
  tagLength,
  text,
  type Validator,
} from '@portolan/schema';
import { unlessTaken } from '../action/conflict.ts';
import { writeAction } from '../action/declaration.ts';
import { validatedParams } from '../action/validated_params.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { findTag, findVocabulary, presentTag } from '../tag/find.ts';

interface Context {
  sql: Sql;
}

const taken = (name: unknown, vocabulary: unknown) =>
  `Tag ${name} already belongs to vocabulary ${vocabulary}`;

/** By its id alone, as CKAN has it. */
const exists: Validator<Context> = async (value, { context }) =>
  (await findVocabulary(context.sql, value))?.id === value
    ? value
    : refuseAndStop('Tag vocabulary was not found.');

const notYetIn: Validator<Context> = async (value, { record, context }) => {
  const name = record['name'];
  if (!name) return refuse('No tag name');
  return (await findTag(context.sql, name, value)) ? refuse(taken(name, value)) : value;
};

const schema: Schema<Context> = {
  fields: {
    id: [mustBeEmpty],
    name: [notEmpty, text, tagLength, tagCharacters],
    vocabulary_id: [notEmpty, text, exists, notYetIn],
  },
  unknown: 'ignore',
};

export const tagCreate = writeAction<void>({
  name: 'tag_create',
  summary: 'Makes a tag of a vocabulary; free tags come with the datasets that have them.',
  parameters: {
    name: { type: 'text', required: true, meaning: 'The tag itself, 2 to 100 characters.' },
    vocabulary_id: { type: 'text', required: true, meaning: 'Id of the vocabulary.' },
  },
  authorise: sysadminOnly,
  async handle(call, params) {
    const { name, vocabulary_id } = (await validatedParams(schema, params, { sql: call.sql })) as {
      name: string;
      vocabulary_id: string;
    };
    const tag = { id: call.site.runtime.id(), name, vocabulary_id };
    await unlessTaken({ tag_name_vocabulary_id_key: { vocabulary_id: [taken(name, vocabulary_id)] } }, () =>
      call.sql.rows('INSERT INTO tag (id, name, vocabulary_id) VALUES ($1, $2, $3)', Object.values(tag)),
    );
    return { ...presentTag(tag), packages: [] };
  },
});
