import { notFound } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requiredText } from '../action/parameters.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { find, presentRelationship } from '../relationship/find.ts';

interface Row {
  type: string;
  comment: string | null;
  subject_id: string;
  subject_name: string;
  object_id: string;
  object_name: string;
}

interface Asked {
  one: DatasetRow;
  other: DatasetRow | undefined;
}

/** Any relationship, said by name. */
const any = 'relationships';

export const packageRelationshipsList = readAction<Asked>({
  name: 'package_relationships_list',
  summary: 'The relationships of a dataset, seen from it.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    id2: { type: 'text', meaning: 'Id or name of another: only relationships between the two.' },
    rel: { type: 'text', meaning: 'Only relationships of this type.' },
  },
  async authorise(call, params) {
    const one = await find(call.sql, requiredText(params, 'id'));
    if (!one) throw notFound('First package named in request was not found.');
    const other = isTruthy(params['id2']) ? await find(call.sql, params['id2']) : undefined;
    if (isTruthy(params['id2']) && !other) throw notFound('Second package named in address was not found.');
    for (const dataset of other ? [one, other] : [one])
      if (!(await mayRead(call, labelsOf(call, dataset)))) throw notAuthorised(call, 'read these packages');
    return { one, other };
  },
  async handle(call, params, { one, other }) {
    const rel = isTruthy(params['rel']) && params['rel'] !== any ? params['rel'] : undefined;
    const rows = await call.sql.prepared<Row>(
      'relationships_of',
      `SELECT r.type, r.comment, s.id AS subject_id, s.name AS subject_name, o.id AS object_id, o.name AS object_name
       FROM package_relationship r
       JOIN package s ON s.id = r.subject_package_id JOIN package o ON o.id = r.object_package_id
       WHERE r.state = 'active' AND ($2::text IS NULL AND $1 IN (s.id, o.id)
         OR s.id = $1 AND o.id = $2 OR s.id = $2 AND o.id = $1)
       ORDER BY r.id`,
      [one.id, other?.id ?? null],
    );
    const told = rows
      .map((row) =>
        presentRelationship(
          {
            subject: { id: row.subject_id, name: row.subject_name },
            object: { id: row.object_id, name: row.object_name },
            type: row.type,
          },
          row.comment,
          one.id,
        ),
      )
      .filter((relationship) => rel === undefined || relationship.type === rel);
    if (rel !== undefined && other && told.length === 0)
      throw notFound(`Relationship "${params['id']} ${rel} ${params['id2']}" not found.`);
    return told;
  },
});

const labelsOf = (call: Call, dataset: DatasetRow) =>
  datasetLabels(dataset, call.site.config.allowCollaborators);
