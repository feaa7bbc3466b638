import type { ObjectContext } from '../driver.ts';
import type { Limits } from './limited.ts';

/** What reading a record may take. */
export const limitsOfRecord = ({ object, portal }: Pick<ObjectContext, 'object' | 'portal'>): Limits => ({
  seconds: portal.maxDocumentSeconds,
  what: `Record ${object.guid}`,
});
