import { invalidMessage, notFound } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { JsonText, readAction, Unchanged } from '../action/declaration.ts';
import { filledText, flag, isTruthy } from '../action/parameters.ts';
import { mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { withFieldsAsExtras } from '../dataset/datagovuk_fields.rules.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import { findDataset } from '../dataset/find.ts';
import { loadDataset } from '../dataset/load.ts';
import { mayOverrule } from '../dataset/may_edit.ts';
import { type DatasetDocument, readDocument } from '../dataset/read_document.ts';
import { heldEtags, maySeePersonalData } from '../personal/boundary.ts';

/** The dataset, and whether its people may be named to the caller. */
export interface ShownDataset extends DatasetDocument {
  named: boolean;
}

export const packageShow = readAction<ShownDataset>({
  name: 'package_show',
  namesPeople: (_call, _params, { named }) => named,
  conditional: true,
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
    // The other name of the parameter is for sysadmins alone: the rule that others are asked knows only `id`.
    const otherName = !isTruthy(params['id']) && isTruthy(params['name_or_id']);
    if (otherName && !call.user?.sysadmin && !call.ignoreAuth)
      throw invalidMessage('Missing id, can not get Package object');
    const id = otherName ? filledText(params, 'name_or_id') : filledText(params, 'id', 'name_or_id');
    const plain = isPlain(call, params);
    const pluginData = flag(params, 'include_plugin_data', false);
    const named = await maySeePersonalData(call, () => findDataset(call.sql, id));
    // The stored text's validator says nothing of what is added to it, or taken from its top.
    const held = pluginData || plain ? [] : heldEtags(call.held, named);
    const document = await readDocument(call.site, call.sql, id, held);
    if (!document) throw notFound();
    if (!(await mayRead(call, document.labels))) throw notAuthorised(call, `read package ${document.id}`);
    return { ...document, named };
  },
  async handle(call, params, document) {
    const pluginData = flag(params, 'include_plugin_data', false) && mayOverrule(call);
    const type = datasetType(document.type);
    const plain = !type && isPlain(call, params);
    if (!pluginData && !type && !plain)
      return document.text === undefined
        ? new Unchanged(document.etag)
        : new JsonText(document.text, document.etag);
    const stored = await loadDataset(call.sql, document.id);
    if (!stored) throw notFound();
    const shown = type ? await type.show(call, stored) : JSON.parse(document.text ?? '{}');
    const dataset = plain ? withFieldsAsExtras(shown, call.site.config) : shown;
    return pluginData ? { ...dataset, plugin_data: stored.plugin_data ?? null } : dataset;
  },
});

/** Whether the caller wants a dataset without what data.gov.uk adds to it. */
const isPlain = (call: Call, params: Params): boolean =>
  flag(params, 'use_default_schema', false) && call.site.config.profile === 'datagovuk';
