export { type Adoption, adoptDatabase } from './adopt.ts';
export { type Cleanup, cleanups, countCleanups } from './cleanup.table.ts';
export { type Plan, planAdoption } from './plan.ts';
export { type RemoteCkan, remoteCkan } from './remote/client.ts';
export { type CopyOptions, copyCkan } from './remote/copy.ts';
export type { CopyReport } from './remote/report.ts';
export { type Survey, surveyDatabase } from './survey.ts';
export { undoAdoption } from './undo.ts';
