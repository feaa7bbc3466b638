// The table of the harvester's actions: one import and one line each.
import type { Action } from '@portolan/catalogue';
import { toldAction } from '../log/told_action.ts';
import { harvestAbortFailedJobs } from './harvest_abort_failed_jobs.ts';
import { harvestDatasetTrace } from './harvest_dataset_trace.ts';
import { harvestGetNotificationsRecipients } from './harvest_get_notifications_recipients.ts';
import { harvestHeldDeletionList } from './harvest_held_deletion_list.ts';
import { harvestJobAbort } from './harvest_job_abort.ts';
import { harvestJobCreate } from './harvest_job_create.ts';
import { harvestJobCreateAll } from './harvest_job_create_all.ts';
import { harvestJobDeletionsDismiss } from './harvest_job_deletions_dismiss.ts';
import { harvestJobDeletionsRelease } from './harvest_job_deletions_release.ts';
import { harvestJobList } from './harvest_job_list.ts';
import { harvestJobPause } from './harvest_job_pause.ts';
import { harvestJobPlan } from './harvest_job_plan.ts';
import { harvestJobReport } from './harvest_job_report.ts';
import { harvestJobResume } from './harvest_job_resume.ts';
import { harvestJobShow } from './harvest_job_show.ts';
import { harvestJobsRun } from './harvest_jobs_run.ts';
import { harvestLogList } from './harvest_log_list.ts';
import { harvestObjectCreate } from './harvest_object_create.ts';
import { harvestObjectList } from './harvest_object_list.ts';
import { harvestObjectShow } from './harvest_object_show.ts';
import { harvestObjectsImport } from './harvest_objects_import.ts';
import { harvestOverlayClear } from './harvest_overlay_clear.ts';
import { harvestOverlayList } from './harvest_overlay_list.ts';
import { harvestPreviewAbort } from './harvest_preview_abort.ts';
import { harvestPreviewShow } from './harvest_preview_show.ts';
import { harvestSendJobToGatherQueue } from './harvest_send_job_to_gather_queue.ts';
import { harvestSourceClear } from './harvest_source_clear.ts';
import { harvestSourceCreate } from './harvest_source_create.ts';
import { harvestSourceDelete } from './harvest_source_delete.ts';
import { harvestSourceFreeze } from './harvest_source_freeze.ts';
import { harvestSourceHealth } from './harvest_source_health.ts';
import { harvestSourceIndexClear } from './harvest_source_index_clear.ts';
import { harvestSourceJobHistoryClear } from './harvest_source_job_history_clear.ts';
import { harvestSourceList } from './harvest_source_list.ts';
import { harvestSourcePatch } from './harvest_source_patch.ts';
import { harvestSourcePreview } from './harvest_source_preview.ts';
import { harvestSourceReindex } from './harvest_source_reindex.ts';
import { harvestSourceShow } from './harvest_source_show.ts';
import { harvestSourceShowStatus } from './harvest_source_show_status.ts';
import { harvestSourceUnfreeze } from './harvest_source_unfreeze.ts';
import { harvestSourceUpdate } from './harvest_source_update.ts';
import { harvestSourcesJobHistoryClear } from './harvest_sources_job_history_clear.ts';
import { harvestSourcesReindex } from './harvest_sources_reindex.ts';
import { harvestStatusAction } from './harvest_status.ts';
import { harvestersInfoShow } from './harvesters_info_show.ts';

const declared: readonly Action[] = [
  harvestAbortFailedJobs,
  harvestGetNotificationsRecipients,
  harvestJobAbort,
  harvestJobCreate,
  harvestJobCreateAll,
  harvestJobList,
  harvestJobPlan,
  harvestJobReport,
  harvestJobShow,
  harvestJobsRun,
  harvestLogList,
  harvestObjectCreate,
  harvestObjectList,
  harvestObjectShow,
  harvestSendJobToGatherQueue,
  harvestSourceClear,
  harvestSourceCreate,
  harvestSourceDelete,
  harvestSourceIndexClear,
  harvestSourceJobHistoryClear,
  harvestSourceList,
  harvestSourcePatch,
  harvestSourceReindex,
  harvestSourceShow,
  harvestSourceShowStatus,
  harvestSourceUpdate,
  harvestSourcesJobHistoryClear,
  harvestSourcesReindex,
  harvestSourceFreeze,
  harvestSourceUnfreeze,
  harvestJobPause,
  harvestJobResume,
  harvestHeldDeletionList,
  harvestJobDeletionsRelease,
  harvestJobDeletionsDismiss,
  harvestObjectsImport,
  harvestPreviewAbort,
  harvestPreviewShow,
  harvestSourcePreview,
  harvestDatasetTrace,
  harvestOverlayList,
  harvestOverlayClear,
  harvestSourceHealth,
  harvestStatusAction,
  harvestersInfoShow,
];

/** All of them tell the harvester's log what was asked for. */
export const harvestActions: readonly Action[] = declared.map(toldAction);
