import type { Validator } from '../pipeline/schema.ts';
import { drop, refuse, refuseAndStop } from '../pipeline/verdict.ts';
import type { DatasetContext } from './context.ts';

/** CKAN's `owner_org_validator`: id or name in, id out. */
export const ownerOrg: Validator<DatasetContext> = (value, { context }) => {
  if (value === undefined || value === null || value === '') {
    if (!context.unownedAllowed) return refuseAndStop('An organization must be provided');
    return value === '' && context.current ? '' : drop;
  }
  const owner = typeof value === 'string' ? context.owner(value) : undefined;
  if (!owner) return refuse('Organization does not exist');
  return 'problem' in owner ? refuse(owner.problem) : owner.id;
};

/** CKAN's `datasets_with_no_organization_cannot_be_private`; `owner_org` is declared before. */
export const privateNeedsOwner: Validator<DatasetContext> = (value, { record, context }) => {
  const owner = Object.hasOwn(record, 'owner_org') ? record['owner_org'] : context.current?.owner_org;
  return value === true && !owner ? refuse("Datasets with no organization can't be private.") : value;
};
