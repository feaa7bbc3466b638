import { createHash } from 'node:crypto';
import type { Params } from '../action/call.ts';

const secret = /pass(word|wd|phrase)|secret|token|api_?key|reset_key|credential/i;

/** Parameters of actions that name what they are about. */
const references = [
  'id',
  'name',
  'package_id',
  'dataset_id',
  'resource_id',
  'org_id',
  'organization_id',
  'owner_org',
  'group_id',
  'source_id',
  'job_id',
  'harvest_object_id',
  'object',
  'subject',
  'user',
  'user_id',
  'username',
];

/** SHA-256 of the parameters as JSON, in their order, every secret as `***` and every file by its name. */
export function parametersHash(params: Params): string {
  const text = JSON.stringify(params, (key, value) =>
    secret.test(key) && value !== null && value !== '' ? '***' : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

/** The ids and names among the parameters. */
export function namedIn(params: Params): string[] {
  const named = references.map((key) => params[key]);
  return named.filter(
    (value): value is string =>
      typeof value === 'string' && value !== '' && value.length <= 200 && !value.includes('\0'),
  );
}
