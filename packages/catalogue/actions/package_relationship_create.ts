import { lockNames } from '@portolan/db';
import { pythonJson, relationshipTypes } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { type Ends, findEnds, findRelationship, mayRelate, requireType } from '../relationship/find.ts';

const stored = (comment: unknown): string =>
  typeof comment === 'string'
    ? comment
    : comment === undefined || comment === null
      ? ''
      : pythonJson(comment);

export const packageRelationshipCreate = writeAction<Ends>({
  name: 'package_relationship_create',
  summary: 'Relates two datasets, or changes the comment of their relationship.',
  parameters: {
    subject: { type: 'text', required: true, meaning: 'Id or name of the one dataset.' },
    object: { type: 'text', required: true, meaning: 'Id or name of the other.' },
    type: { type: 'text', required: true, meaning: `One of ${relationshipTypes.join(', ')}.` },
    comment: { type: 'text', meaning: 'A few words.' },
  },
  async authorise(call, params) {
    const ends = await findEnds(call, params);
    requireType(ends, params);
    await mayRelate(call, ends);
    return ends;
  },
  async handle(call, params, ends) {
    const { subject, object, type } = ends;
    const comment = params['comment'] ?? '';
    // No index keeps two rows of one relationship apart.
    await lockNames(call.sql, 'relationship', [subject.id, object.id]);
    const found = await findRelationship(call.sql, ends);
    if (found)
      await call.sql.rows(`UPDATE package_relationship SET comment = $2, state = 'active' WHERE id = $1`, [
        found.id,
        stored(comment),
      ]);
    else
      await call.sql.rows(
        `INSERT INTO package_relationship (id, subject_package_id, object_package_id, type, comment, state)
         VALUES ($1, $2, $3, $4, $5, 'active')`,
        [call.site.runtime.id(), subject.id, object.id, type, stored(comment)],
      );
    return { subject: subject.name, type, object: object.name, comment };
  },
});
