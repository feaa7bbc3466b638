import { isTruthy, optionalText, type Params, steppedAction } from '@portolan/catalogue';
import { invalid, notFound } from '@portolan/kernel';
import { sysadminsOnly } from '../authorisation/source_rules.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { runReimport } from '../object/reimport.job.ts';
import { countSelected, type Selection } from '../object/selection.repo.ts';
import { withHarvestSite } from '../open_site.ts';
import { findSourceByReference } from '../source/source.repo.ts';

/** So many records a caller may wait for; more are left to the workers. */
const mostAtOnce = 50;

export const harvestObjectsImport = steppedAction({
  name: 'harvest_objects_import',
  summary: 'Imports harvested records again from what is stored of them; all current ones unless told which.',
  parameters: {
    guid: { type: 'text', meaning: 'The current record with this GUID.' },
    source_id: { type: 'text', meaning: 'The current records of this source, by id or name.' },
    harvest_object_id: { type: 'text', meaning: 'This record.' },
    package_id: { type: 'text', meaning: 'The current record of this dataset, by id or name.' },
    segments: { type: 'text', meaning: 'Hex digits: only records whose id’s MD5 begins with one of them.' },
    join_datasets: {
      type: 'boolean',
      meaning: 'Only records of active datasets; true unless told otherwise.',
    },
  },
  authorise: (call) => sysadminsOnly(call, 'Only sysadmins can reimport all harvest objects'),
  async handle(call, params) {
    const selection = selected(params);
    if (selection.sourceId !== undefined) {
      const source = await findSourceByReference(call.sql, selection.sourceId);
      if (!source) throw notFound(`Harvest source ${selection.sourceId} does not exist`);
      if (!source.active) throw invalid({ message: 'This harvest source is not active' });
      selection.sourceId = source.id;
    }
    const { site } = call;
    const count = await countSelected(call.sql, selection);
    if (count > mostAtOnce) {
      await site.db.transact((tx) => enqueueHarvest(tx, 'harvest.reimport', JSON.stringify(selection)));
      return count;
    }
    return withHarvestSite(site, (harvest) =>
      runReimport(
        harvest,
        {
          id: `reimport ${site.runtime.id()}`,
          signal: new AbortController().signal,
          fence: async () => undefined,
        },
        selection,
      ),
    );
  },
});

function selected(params: Params): Selection {
  const given = (name: string) => optionalText(params, name);
  const selection: Selection = {
    join: params['join_datasets'] === undefined || isTruthy(params['join_datasets']),
  };
  const guid = given('guid');
  const sourceId = given('source_id');
  const objectId = given('harvest_object_id');
  const dataset = given('package_id');
  const segments = given('segments');
  // One of them counts, in CKAN's order.
  if (guid !== undefined) selection.guid = guid;
  else if (sourceId !== undefined) selection.sourceId = sourceId;
  else if (objectId !== undefined) selection.objectId = objectId;
  else if (dataset !== undefined) selection.package = dataset;
  if (segments !== undefined) selection.segments = segments;
  return selection;
}
