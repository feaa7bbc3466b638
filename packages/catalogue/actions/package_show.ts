import { notFound } from '@portolan/kernel';
import { JsonText, readAction } from '../action/declaration.ts';
import { flag, requiredText } from '../action/parameters.ts';
import { mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { type DatasetDocument, readDocument } from '../dataset/read_document.ts';

export const packageShow = readAction<DatasetDocument>({
  name: 'package_show',
  summary: 'The dataset with its resources, tags, extras, groups and organisation.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    use_default_schema: { type: 'boolean', meaning: 'Leave out what dataset types of extensions add.' },
    include_plugin_data: {
      type: 'boolean',
      meaning: 'Add what plugins keep beside the dataset; sysadmins only.',
    },
  },
  async authorise(call, params) {
    const id = requiredText(params, 'id', 'name_or_id');
    flag(params, 'use_default_schema', false);
    const document = await readDocument(call.site, call.sql, id);
    if (!document) throw notFound();
    if (!(await mayRead(call, document.labels))) throw notAuthorised(call, `read package ${document.id}`);
    return document;
  },
  handle: (_call, _params, document) => new JsonText(document.text),
});
