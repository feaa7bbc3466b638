import { anyone, optionalText, readAction } from '@portolan/catalogue';
import { sourceIdNamed, trueUnlessFalse } from '../authorisation/source_rules.ts';

export const harvestObjectList = readAction({
  name: 'harvest_object_list',
  summary: 'Ids of harvested records.',
  parameters: {
    source_id: { type: 'text', meaning: 'Only those of this source, by id or name.' },
    only_current: {
      type: 'boolean',
      meaning: 'Only those that datasets are made of; true unless told otherwise.',
    },
  },
  authorise: anyone,
  async handle(call, params) {
    const source = optionalText(params, 'source_id');
    const rows = await call.sql.rows<{ id: string }>(
      `SELECT id FROM harvest_object WHERE ($1::text IS NULL OR harvest_source_id = $1) AND (NOT $2 OR current)
       ORDER BY gathered, id`,
      [
        source === undefined ? null : await sourceIdNamed(call, source),
        trueUnlessFalse(params, 'only_current'),
      ],
    );
    return rows.map(({ id }) => id);
  },
});
