// The table of the harvester's actions: one import and one line each.
import type { Action } from '@portolan/catalogue';
import { harvestJobAbort } from './harvest_job_abort.ts';
import { harvestJobCreate } from './harvest_job_create.ts';
import { harvestJobList } from './harvest_job_list.ts';
import { harvestJobReport } from './harvest_job_report.ts';
import { harvestJobShow } from './harvest_job_show.ts';
import { harvestJobsRun } from './harvest_jobs_run.ts';
import { harvestObjectCreate } from './harvest_object_create.ts';
import { harvestObjectList } from './harvest_object_list.ts';
import { harvestObjectShow } from './harvest_object_show.ts';
import { harvestSendJobToGatherQueue } from './harvest_send_job_to_gather_queue.ts';
import { harvestSourceCreate } from './harvest_source_create.ts';
import { harvestSourceDelete } from './harvest_source_delete.ts';
import { harvestSourceList } from './harvest_source_list.ts';
import { harvestSourcePatch } from './harvest_source_patch.ts';
import { harvestSourceShow } from './harvest_source_show.ts';
import { harvestSourceShowStatus } from './harvest_source_show_status.ts';
import { harvestSourceUpdate } from './harvest_source_update.ts';
import { harvestersInfoShow } from './harvesters_info_show.ts';

export const harvestActions: readonly Action[] = [
  harvestJobAbort,
  harvestJobCreate,
  harvestJobList,
  harvestJobReport,
  harvestJobShow,
  harvestJobsRun,
  harvestObjectCreate,
  harvestObjectList,
  harvestObjectShow,
  harvestSendJobToGatherQueue,
  harvestSourceCreate,
  harvestSourceDelete,
  harvestSourceList,
  harvestSourcePatch,
  harvestSourceShow,
  harvestSourceShowStatus,
  harvestSourceUpdate,
  harvestersInfoShow,
];
