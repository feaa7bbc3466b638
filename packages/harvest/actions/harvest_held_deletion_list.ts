import { natural, optionalText, readAction } from '@portolan/catalogue';
import { sourceToOperate, sysadminsOnly } from '../authorisation/source_rules.ts';
import { heldDeletions } from '../source/held_deletions.ts';
import type { Source } from '../source/source.repo.ts';

const page = 1000;

export const harvestHeldDeletionList = readAction<Source | undefined>({
  name: 'harvest_held_deletion_list',
  summary: 'Deletions that are held back because a source lost too many records at once.',
  parameters: {
    source_id: { type: 'text', meaning: 'Only those of this source, by id or name; sysadmins see all.' },
    limit: { type: 'integer', meaning: `At most so many; ${page} unless told otherwise.` },
    offset: { type: 'integer', meaning: 'So many are left out at the start.' },
  },
  authorise(call, params) {
    if (optionalText(params, 'source_id') !== undefined) return sourceToOperate(call, params['source_id']);
    sysadminsOnly(call, 'Only sysadmins can list the held deletions of all sources');
    return undefined;
  },
  handle: (call, params, source) =>
    heldDeletions(call.sql, {
      sourceId: source?.id,
      limit: Math.min(natural(params, 'limit') ?? page, page),
      offset: natural(params, 'offset') ?? 0,
    }),
});
