import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { findEnds, findRelationship, mayRelate } from '../relationship/find.ts';

export const packageRelationshipDelete = writeAction<string>({
  name: 'package_relationship_delete',
  summary: 'Ends a relationship.',
  parameters: {
    subject: { type: 'text', required: true, meaning: 'Id or name of the one dataset.' },
    object: { type: 'text', required: true, meaning: 'Id or name of the other.' },
    type: { type: 'text', required: true, meaning: 'How the one is related to the other.' },
  },
  async authorise(call, params) {
    const ends = await findEnds(call, params);
    const found = await findRelationship(call.sql, ends);
    if (found?.state !== 'active') throw notFound();
    await mayRelate(call, ends);
    return found.id;
  },
  async handle(call, _params, id) {
    await call.sql.rows(`UPDATE package_relationship SET state = 'deleted' WHERE id = $1`, [id]);
    return null;
  },
});
