export { harvestActions } from './actions/index.ts';
export { catalogueWriter } from './catalogue_writer.ts';
export { type HarvesterCli, HarvesterCliFailure } from './cli/context.ts';
export {
  abortJobCommand,
  createJobCommand,
  JobRunning,
  listJobsCommand,
  purgeQueuesCommand,
  runCommand,
  runTestCommand,
} from './cli/job_commands.ts';
export {
  dismissDeletionsCommand,
  freezeSourceCommand,
  holdJobCommand,
  listDeletionsCommand,
  planCommand,
  releaseDeletionsCommand,
  unfreezeSourceCommand,
} from './cli/operator_commands.ts';
export {
  abortPreviewCommand,
  previewCommand,
  requestPreviewCommand,
  showPreviewCommand,
} from './cli/preview_command.ts';
export { reportCommand } from './cli/report_command.ts';
export {
  createSourceCommand,
  listSourcesCommand,
  type NewSource,
  removeSourceCommand,
  showSourceCommand,
} from './cli/source_commands.ts';
export { statusCommand } from './cli/status_command.ts';
export {
  abortFailedCommand,
  cleanLogCommand,
  clearHistoryCommand,
  clearSourceCommand,
  createAllJobsCommand,
  infoCommand,
  reimportCommand,
  reindexCommand,
} from './cli/upkeep_commands.ts';
export type { DatasetDict, DatasetWriter } from './dataset_writer.ts';
export {
  ConfigurationError,
  type Driver,
  type GatherContext,
  GatherFailure,
  type HarvestedObject,
  type MappedRecord,
  type ObjectContext,
  ObjectFailure,
  type RecordDescriptor,
} from './driver.ts';
export { drivers } from './drivers.ts';
export { runGather } from './gather/gather.job.ts';
export type { FeedHealth } from './health/feed_health.ts';
export { abortJob } from './job/abort.ts';
export { forgetOldContents, forgetOldJobs } from './job/retention.ts';
export { runWholeJob } from './job/run_whole.ts';
export { createJob } from './job/start.ts';
export { harvestHandlers } from './job_handlers.ts';
export { enqueueHarvest, harvestJobs, scheduleJob } from './jobs.table.ts';
export { forgetOldLines } from './log/retention.ts';
export {
  datasetRecordDocument,
  originalDocument,
  type RecordDocument,
  recordDocument,
  recordPage,
} from './object/document.ts';
export { runImport } from './object/import.job.ts';
export { harvestSite, siteFetcher, withHarvestSite } from './open_site.ts';
export { forgetOldPreviews } from './preview/preview.repo.ts';
export { registerHarvest } from './register.ts';
export { runSchedule } from './schedule/schedule.ts';
export type { HarvestQueueJob, HarvestSite, JobRun, ScheduleSite } from './site.ts';
export { presentSource, type SourceStatus, sourceStatus } from './source/source.presenter.ts';
export { hostTraffic, sourceErrors } from './status/measures.ts';
export { harvestStatus } from './status/status.ts';
export { throughput } from './status/throughput.ts';
