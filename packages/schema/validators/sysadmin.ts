import type { Validator } from '../pipeline/schema.ts';
import { drop, refuseAndStop } from '../pipeline/verdict.ts';
import { isFalse } from './missing.ts';

/** What these validators ask of a schema's context. */
export interface CallerContext {
  /** A sysadmin, or the portal's own work. */
  readonly sysadmin: boolean;
}

/** CKAN's `empty_if_not_sysadmin`: others are told off for sending it. */
export const emptyIfNotSysadmin: Validator<CallerContext> = (value, { name, context }) => {
  if (context.sysadmin) return value;
  if (value === undefined || isFalse(value)) return drop;
  return refuseAndStop(`The input field ${name} was not expected.`);
};

/** CKAN's `ignore_not_sysadmin`: what others send is taken out in silence. */
export const ignoreNotSysadmin: Validator<CallerContext> = (value, { context }) =>
  context.sysadmin ? value : drop;
