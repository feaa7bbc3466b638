import { notFound } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { type Activity, recordActivities } from '../activity/record.ts';
import { datasetLabels } from '../authorisation/labels.ts';
import { loadDatasets } from './load.ts';
import { type DatasetDict, presentDataset } from './presenter.ts';

/**
 * The last step of a write of datasets: reads the rows back once, records activities with what they say, has the
 * answer wait for the index, and gives what package_show answers, in the order of the ids.
 */
export async function finishDatasets(
  call: WriteCall,
  ids: string[],
  what: 'new' | 'changed' | 'deleted',
): Promise<DatasetDict[]> {
  const stored = new Map((await loadDatasets(call.sql, ids)).map((dataset) => [dataset.id, dataset]));
  const activities: Activity[] = [];
  const datasets = ids.map((id) => {
    const row = stored.get(id);
    if (!row) throw notFound('Package was not found.');
    const dataset = presentDataset(row, call.site.config);
    const type = what === 'changed' && row.state === 'deleted' ? 'deleted' : what;
    activities.push({
      type: `${type} package`,
      object: id,
      data: { actor: call.user?.name ?? null, package: dataset },
      labels: datasetLabels(row, call.site.config.allowCollaborators),
    });
    return dataset;
  });
  await recordActivities(call, activities);
  return datasets;
}

/** Like `finishDatasets`, for one. */
export async function finishDataset(
  call: WriteCall,
  id: string,
  what: 'new' | 'changed' | 'deleted',
): Promise<DatasetDict> {
  const [dataset] = await finishDatasets(call, [id], what);
  return dataset!;
}
