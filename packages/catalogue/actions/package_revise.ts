import { invalid, notFound, PortolanError } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { filledText } from '../action/parameters.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { echoing } from '../dataset/echo.ts';
import { type DatasetRow, findDatasetForUpdate } from '../dataset/find.ts';
import { assertMayEdit } from '../dataset/may_edit.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { filtered } from '../dataset/revise/filter.rules.ts';
import { unmatchedPath, unmatchedPaths } from '../dataset/revise/match.rules.ts';
import { merged, mergedAt } from '../dataset/revise/merge.rules.ts';
import { type ReviseRequest, readRevise } from '../dataset/revise/request.rules.ts';
import { changeDataset } from '../dataset/update.ts';
import { toItsEditors } from '../personal/boundary.ts';

interface Revision {
  row: DatasetRow;
  request: ReviseRequest;
}

export const packageRevise = writeAction<Revision>({
  name: 'package_revise',
  namesPeople: toItsEditors,
  summary:
    'Changes a dataset if it still is what the caller thinks; parts of lists and files in one request.',
  parameters: {
    match: { type: 'object', required: true, meaning: '`id` or `name`, and values the dataset must have.' },
    match__PATH: {
      type: 'any',
      meaning: 'A value the dataset must have at a path, segments joined by `__`.',
    },
    filter: { type: 'list', meaning: 'Patterns of what is taken away first: `-path`, `+path`, `*`.' },
    update: { type: 'object', meaning: 'What is merged into the dataset.' },
    update__PATH: { type: 'any', meaning: 'A value or file merged in at a path; `…__extend` appends.' },
    include: { type: 'list', meaning: 'Patterns of what the answer leaves out.' },
  },
  async authorise(call, params) {
    const request = readRevise(params);
    const row = await findDatasetForUpdate(call.sql, filledText({ id: request.reference }, 'id'));
    if (!row) throw notFound();
    if (!(await mayRead(call, datasetLabels(row, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${row.id}`);
    return { row, request };
  },
  async handle(call, params, { row, request }) {
    const dataset = await echoing(params, () =>
      changeDataset(call, row.id, (current) => revise(call, row, request, current)),
    );
    return filtered({ package: dataset }, request.include);
  },
});

async function revise(
  call: WriteCall,
  row: DatasetRow,
  request: ReviseRequest,
  current: DatasetDict,
): Promise<Params> {
  const unmatched = [
    ...unmatchedPaths(current, request.match),
    ...request.matchAt.flatMap(([path, value]) => unmatchedPath(current, path, value)),
  ];
  if (unmatched.length > 0) throw invalid({ match: unmatched });
  let data: Params = { ...filtered(current, request.filter), id: row.id };
  data = fitting('update', () => merged(data, request.update) as Params);
  for (const [path, value] of request.updateAt) data = fitting(path, () => mergedAt(data, path, value));
  if (data['id'] !== row.id) throw notFound();
  await assertMayEdit(call, row, data);
  return data;
}

/** What does not fit the data is the fault of the parameter that brought it. */
function fitting(parameter: string, work: () => Params): Params {
  try {
    return work();
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'integrity')
      throw invalid({ [parameter]: [error.detail ?? ''] });
    throw error;
  }
}
