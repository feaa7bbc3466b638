import { anyone, findDataset, optionalText, readAction } from '@portolan/catalogue';
import { invalidMessage, notFound } from '@portolan/kernel';
import { isObjectAttribute, showCurrentObject, showObject } from '../object/object.presenter.ts';

export const harvestObjectShow = readAction({
  name: 'harvest_object_show',
  summary: 'A harvested record with its content and its errors.',
  parameters: {
    id: { type: 'text', meaning: 'Id of the record, or the value of `attr`.' },
    attr: { type: 'text', meaning: 'Another column to look the record up by, such as guid.' },
    dataset_id: { type: 'text', meaning: 'Or id or name of a dataset, for the record it was made of.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const datasetId = optionalText(params, 'dataset_id');
    const id = optionalText(params, 'id');
    const attribute = params['attr'] ?? 'id';
    if (id === undefined && datasetId === undefined)
      throw invalidMessage('Please provide either an "id" or a "dataset_id" parameter');
    if (id !== undefined) {
      if (!isObjectAttribute(attribute))
        throw invalidMessage(`Records cannot be looked up by ${String(attribute)}`);
      const object = await showObject(call.sql, attribute, id);
      if (!object) throw notFound('Harvest object not found');
      return object;
    }
    const dataset = await findDataset(call.sql, datasetId ?? '');
    if (!dataset) throw notFound('Dataset not found');
    const object = await showCurrentObject(call.sql, dataset.id);
    if (!object) throw notFound('Harvest object not found');
    return object;
  },
});
