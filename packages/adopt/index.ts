export { type Adoption, adoptDatabase } from './adopt.ts';
export { type Cleanup, cleanups, countCleanups } from './cleanup.table.ts';
export { type Plan, planAdoption } from './plan.ts';
export { type Survey, surveyDatabase } from './survey.ts';
export { undoAdoption } from './undo.ts';
