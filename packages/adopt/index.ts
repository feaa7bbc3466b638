export { type Adoption, adoptDatabase } from './adopt.ts';
export { type Cleanup, cleanups, countCleanups } from './cleanup.table.ts';
export { type Plan, planAdoption } from './plan.ts';
export { type RemoteCkan, remoteCkan } from './remote/client.ts';
export { type CopyOptions, type CopyReport, copyCkan } from './remote/copy.ts';
export { type Survey, surveyDatabase } from './survey.ts';
export { undoAdoption } from './undo.ts';
