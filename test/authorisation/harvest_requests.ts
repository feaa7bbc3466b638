import type { Request } from './requests.ts';

const source = (): Request => ({ params: ({ world }) => ({ id: world.spare.source }) });
const ofSource = (more: object = {}): Request => ({
  params: ({ world }) => ({ source_id: world.spare.source, ...more }),
});
const job = (more: object = {}): Request => ({ params: ({ world }) => ({ id: world.spare.job, ...more }) });
const using = (request: Request): Request => ({ ...request, uses: true });
const peer: Request = { params: ({ world }) => ({ id: world.peer }) };

/** Calls about a harvest source of the organisation, which has one job that was never run. */
export const harvestRequests: Record<string, Request> = {
  harvest_abort_failed_jobs: { params: () => ({ life_span: 100_000 }) },
  harvest_dataset_trace: peer,
  harvest_get_notifications_recipients: ofSource(),
  harvest_held_deletion_list: ofSource(),
  'harvest_held_deletion_list of all': { params: () => ({}) },
  harvest_job_abort: using(job()),
  harvest_job_create: ofSource({ run: false }),
  harvest_job_create_all: ofSource({ run: false }),
  harvest_job_deletions_dismiss: job(),
  harvest_job_deletions_release: job(),
  harvest_job_list: ofSource(),
  'harvest_job_list of all': { params: () => ({ status: 'none' }) },
  harvest_job_pause: job(),
  harvest_job_plan: job(),
  harvest_job_report: job(),
  harvest_job_resume: job(),
  harvest_job_show: job(),
  harvest_jobs_run: ofSource(),
  harvest_log_list: { params: () => ({ per_page: 1 }) },
  harvest_object_create: { params: ({ world }) => ({ job_id: world.spare.job, guid: world.name('guid') }) },
  harvest_object_list: ofSource(),
  harvest_object_show: { params: () => ({ id: 'nothing' }) },
  harvest_objects_import: ofSource(),
  harvest_overlay_clear: peer,
  harvest_overlay_list: peer,
  harvest_preview_abort: source(),
  harvest_preview_show: source(),
  harvest_send_job_to_gather_queue: { params: () => ({ id: 'nothing' }) },
  harvest_source_clear: source(),
  harvest_source_create: {
    params: ({ world }) => {
      const name = world.name('made');
      return {
        name,
        title: name,
        url: `http://${name}.invalid/`,
        source_type: 'ckan',
        owner_org: world.organization,
      };
    },
  },
  harvest_source_delete: using(source()),
  harvest_source_freeze: source(),
  harvest_source_health: source(),
  harvest_source_index_clear: source(),
  harvest_source_job_history_clear: using(source()),
  harvest_source_list: { params: () => ({}) },
  harvest_source_patch: { params: ({ world }) => ({ id: world.spare.source, title: 'Patched' }) },
  harvest_source_reindex: source(),
  harvest_source_show: source(),
  harvest_source_show_status: source(),
  harvest_source_unfreeze: source(),
  harvest_source_update: {
    params: ({ world }) => ({
      id: world.spare.source,
      name: world.spare.source_name,
      title: 'Updated',
      url: `http://${world.spare.source_name}.invalid/`,
      source_type: 'ckan',
      owner_org: world.organization,
    }),
  },
  harvest_sources_reindex: { params: () => ({}) },
  harvest_status: { params: () => ({}) },
  harvesters_info_show: { params: () => ({}) },
};
