import { findDataset, optionalText, type Params, writeAction } from '@portolan/catalogue';
import { invalid, missingValue, timestamp } from '@portolan/kernel';
import { printed, sysadminsOnly } from '../authorisation/source_rules.ts';
import { findJob } from '../job/job.repo.ts';
import { showObject } from '../object/object.presenter.ts';

export const harvestObjectCreate = writeAction({
  name: 'harvest_object_create',
  summary: 'Adds a record to a harvest job by hand.',
  parameters: {
    job_id: { type: 'text', required: true, meaning: 'Id of the job.' },
    guid: { type: 'text', meaning: 'Identity of the record at its source.' },
    content: { type: 'text', meaning: 'The record itself.' },
    package_id: { type: 'text', meaning: 'Dataset it belongs to.' },
    extras: { type: 'object', meaning: 'Further values: an object of texts.' },
  },
  authorise: (call) => sysadminsOnly(call, 'Only the sysadmins can create harvest objects'),
  async handle(call, params) {
    const { sql } = call;
    const { job_id: jobId } = params;
    if (jobId === undefined || jobId === null || jobId === '') throw missingValue('job_id');
    const job = typeof jobId === 'string' ? await findJob(sql, jobId) : undefined;
    if (!job) throw invalid({ job_id: [`Harvest Job with id '${printed(jobId)}' does not exist.`] });
    const extras = extrasOf(params);
    const packageId = optionalText(params, 'package_id');
    if (packageId !== undefined && !(await findDataset(sql, packageId)))
      throw invalid({ package_id: ['Not found: Dataset'] });
    const id = call.site.runtime.id();
    await sql.rows(
      `INSERT INTO harvest_object (id, guid, current, gathered, content, state, retry_times, harvest_job_id, harvest_source_id, package_id)
       VALUES ($1, $2, false, $3, $4, 'WAITING', 0, $5, $6, $7)`,
      [
        id,
        params['guid'] === undefined || params['guid'] === null ? '' : String(params['guid']),
        timestamp(call.site.runtime.now()),
        typeof params['content'] === 'string' ? params['content'] : null,
        job.id,
        job.source_id,
        packageId ?? null,
      ],
    );
    for (const [key, value] of Object.entries(extras))
      await sql.rows(
        `INSERT INTO harvest_object_extra (id, harvest_object_id, key, value) VALUES ($1, $2, $3, $4)`,
        [call.site.runtime.id(), id, key, value],
      );
    return showObject(sql, 'id', id);
  },
});

function extrasOf({ extras }: Params): Record<string, string> {
  if (extras === undefined || extras === null) return {};
  if (typeof extras !== 'object' || Array.isArray(extras))
    throw invalid({ extras: ['extras must be a dict'] });
  if (Object.values(extras).some((value) => typeof value !== 'string'))
    throw invalid({ extras: ['extras must be a dict of strings'] });
  return extras as Record<string, string>;
}
