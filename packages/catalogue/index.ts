export type { Call, Params, Site, User, WriteCall } from './action/call.ts';
export {
  type Action,
  JsonText,
  type Parameter,
  readAction,
  steppedAction,
  Unchanged,
  writeAction,
} from './action/declaration.ts';
export { type Caller, dispatch } from './action/dispatch.ts';
export { helpText } from './action/help.ts';
export {
  filledText,
  flag,
  integer,
  isTruthy,
  natural,
  optionalText,
  requiredText,
} from './action/parameters.ts';
export { allActions, findAction, registerActions } from './action/registry.ts';
export { inStep } from './action/step.ts';
export { Upload } from './action/upload.ts';
export { catalogueActions } from './actions/index.ts';
export { cleanActivities } from './activity/clean.ts';
export { type AuditVerdict, sealAudit, trimAudit, verifyAudit } from './audit/chain.ts';
export { type AuditEntry, listAudit } from './audit/list.ts';
export { auditedCall, noteAudit, noteAudits } from './audit/note.ts';
export { callerLabels, datasetLabels, mayRead } from './authorisation/labels.ts';
export { hasPermission, organizationsWith, type Permission } from './authorisation/roles.ts';
export { alwaysAllowed, anyone, loggedIn, notAuthorised, sysadminOnly } from './authorisation/rules.ts';
export { createDatasets } from './bulk/create_many.ts';
export {
  type ImportOptions,
  importDatasets,
  type Line as ImportLine,
  type Outcome as ImportOutcome,
} from './bulk/import_datasets.ts';
export { importObjects, type ObjectActions } from './bulk/import_objects.ts';
export { refusalOf } from './bulk/rejects.ts';
export { refreshStatistics } from './bulk/statistics.ts';
export { updateDatasets } from './bulk/update_many.ts';
export { allDatasets, type ListedDataset } from './dataset/all.ts';
export { createDataset } from './dataset/create.ts';
export { withFieldsAsExtras, withOwnFieldsOnTop } from './dataset/datagovuk_fields.rules.ts';
export {
  type DatasetType,
  type PreparedWrite,
  registerDatasetType,
} from './dataset/dataset_types.ts';
export { deleteDataset, deleteDatasets } from './dataset/delete.ts';
export { type DatasetRow, findDataset, findDatasetForUpdate } from './dataset/find.ts';
export { licenses } from './dataset/licenses.ts';
export { loadDataset, loadDatasets, type StoredDataset } from './dataset/load.ts';
export { assertMayCreate, assertMayEdit, canEdit } from './dataset/may_edit.ts';
export { type DatasetDict, presentDataset, presentRows, type ResourceDict } from './dataset/presenter.ts';
export { purgeDataset, purgeDatasets } from './dataset/purge.ts';
export { readDocument } from './dataset/read_document.ts';
export { isoTime } from './dataset/time.ts';
export { undeleteDataset } from './dataset/undelete.ts';
export { changeDataset, updateDataset } from './dataset/update.ts';
export { forgetChanges, sequenceChanges } from './feed/sequence.ts';
export { endWaits } from './feed/wait.ts';
export { Agreement } from './index/agreement.ts';
export { asciiJson } from './index/ascii_json.ts';
export { workOffBacklog } from './index/backlog.ts';
export { catchUpOldest, catchUpWith } from './index/catch_up.ts';
export { type Comparison, compareIndex, type Difference, datasetsPerStep } from './index/differences.ts';
export { clearEntry, clearIndex, shownEntry } from './index/entry.ts';
export { clearOrphans, orphanedEntries } from './index/orphans.ts';
export { type RebuildOptions, rebuildIndex } from './index/rebuild.ts';
export { type IndexDrift, indexDrift, type ReconcileStep, reconcileIndex } from './index/reconcile.ts';
export { runRelay } from './index/relay.ts';
export {
  countSelected,
  type SelectedDataset,
  type Selection,
  selectDatasets,
  selectionNamed,
} from './index/selection.ts';
export { catalogueHandlers, catalogueJobs } from './jobs.ts';
export { createGroup } from './organization/create.ts';
export { maySeePersonalData, toItsEditors } from './personal/boundary.ts';
export { type Download, openDownload } from './resource/download.ts';
export { attachFile, unattachedUploads } from './resource/files.ts';
export { canonicalFormat } from './resource/formats.ts';
export { type OrphanedFile, orphanedFiles, removeOrphan } from './resource/orphans.ts';
export { type ExplainedClause, explainSearch } from './search/explain.ts';
export { solrSelect } from './search/solr_select.ts';
export { warmSearch } from './search/warm_search.ts';
export { enqueueTestJob } from './service/test.job.ts';
export { authenticate } from './token/authenticate.ts';
export { createToken } from './token/create_token.ts';
export { tokenExists } from './token/exists.ts';
export { createSysadmin, ensureSiteUser } from './user/bootstrap.ts';
export { duplicateEmails } from './user/duplicate_emails.ts';
export { hashPassword, verifyPassword } from './user/password.rules.ts';
export { checkPasswordReset, performPasswordReset, requestPasswordReset } from './user/reset.ts';
