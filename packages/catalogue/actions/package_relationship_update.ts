import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import {
  type Ends,
  findEnds,
  findRelationship,
  mayRelate,
  presentRelationship,
} from '../relationship/find.ts';

export const packageRelationshipUpdate = writeAction<Ends>({
  name: 'package_relationship_update',
  summary: 'Changes the comment of a relationship; without one it is emptied.',
  parameters: {
    subject: { type: 'text', required: true, meaning: 'Id or name of the one dataset.' },
    object: { type: 'text', required: true, meaning: 'Id or name of the other.' },
    type: { type: 'text', required: true, meaning: 'How the one is related to the other.' },
    comment: { type: 'text', meaning: 'A few words.' },
  },
  async authorise(call, params) {
    const ends = await findEnds(call, params);
    await mayRelate(call, ends);
    return ends;
  },
  async handle(call, params, ends) {
    const found = await findRelationship(call.sql, ends);
    if (found?.state !== 'active') throw notFound('This relationship between the packages was not found.');
    const comment = String(params['comment'] ?? '');
    await call.sql.rows('UPDATE package_relationship SET comment = $2 WHERE id = $1', [found.id, comment]);
    return presentRelationship(ends, comment, ends.subject.id);
  },
});
