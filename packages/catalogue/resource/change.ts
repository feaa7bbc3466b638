import { type ErrorDict, invalid, PortolanError } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import type { ResourceDict } from '../dataset/presenter.ts';
import { changeDataset } from '../dataset/update.ts';
import { makeDefaultViews } from './default_views.ts';

type Change = (current: ResourceDict) => Params;

/** Puts a new resource behind the others of a dataset. @returns the resource as resource_show answers it. */
export async function addResource(call: WriteCall, datasetId: string, fields: Params): Promise<ResourceDict> {
  let position = 0;
  const dataset = await unwrapped(
    () => position,
    () =>
      changeDataset(call, datasetId, (current) => {
        position = current.resources.length;
        return { ...current, resources: [...current.resources, fields] };
      }),
  );
  const resource = dataset.resources.at(-1)!;
  await makeDefaultViews(call, [resource]);
  return resource;
}

/**
 * Changes one resource of a dataset.
 * @returns the resource as resource_show answers it, or nothing when the dataset has no such resource any more.
 */
export async function changeResource(
  call: WriteCall,
  datasetId: string,
  id: string,
  change: Change,
): Promise<ResourceDict | undefined> {
  let position = -1;
  let before: ResourceDict | undefined;
  const dataset = await unwrapped(
    () => position,
    () =>
      changeDataset(call, datasetId, (current) => {
        position = current.resources.findIndex((resource) => resource.id === id);
        before = current.resources[position];
        return before
          ? { ...current, resources: current.resources.with(position, changed(before)) }
          : current;
      }),
  );
  const after = dataset.resources.find((resource) => resource.id === id);
  if (before && after && before['format'] !== after['format']) await makeDefaultViews(call, [after]);
  return before && after;

  function changed(current: ResourceDict): ResourceDict {
    return { ...change(current), id } as ResourceDict;
  }
}

/** A resource's own errors become those of the call; others of the dataset stay what they are. */
async function unwrapped<Result>(position: () => number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const own = ownErrors(error, position());
    if (own) throw invalid(own);
    throw error;
  }
}

function ownErrors(error: unknown, position: number): ErrorDict | undefined {
  if (!(error instanceof PortolanError) || error.code !== 'validation') return undefined;
  const { resources } = error.fields;
  if (!Array.isArray(resources)) return undefined;
  const own = resources[position] as ErrorDict | undefined;
  return own && Object.keys(own).length > 0 ? own : undefined;
}
