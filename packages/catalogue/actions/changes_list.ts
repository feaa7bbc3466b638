import { invalid } from '@portolan/kernel';
import { JsonText, readAction } from '../action/declaration.ts';
import { isTruthy, natural } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { type Cursor, kinds, parseCursor } from '../feed/cursor.rules.ts';
import { pageText } from '../feed/page.ts';
import { assertKnown, presentPlace } from '../feed/place.ts';
import { awaitChanges, type PageOptions } from '../feed/read_changes.ts';
import { walkOn } from '../feed/walk.ts';

const most = { entries: 1000, documents: 100, seconds: 60 };

export const changesList = readAction({
  name: 'changes_list',
  fleeting: true,
  summary:
    'Every committed change of datasets, organisations and groups, once, in order, for mirrors; also at ' +
    '/api/3/changes. Without `since` it begins with the whole catalogue.',
  parameters: {
    since: {
      type: 'text',
      meaning:
        '`cursor` of the answer before; `now` for changes from now on. An old one is answered with 410.',
    },
    limit: { type: 'integer', meaning: `Entries a page: 100, at most ${most.entries}.` },
    wait: {
      type: 'integer',
      meaning: `Seconds to wait for a change when there is none: 0, at most ${most.seconds}.`,
    },
    include: {
      type: 'text',
      meaning: `\`document\` adds each object as it is now; at most ${most.documents} entries a page.`,
    },
  },
  authorise: anyone,
  async handle(call, params) {
    const { wait, options } = readOptions(params);
    const since = params['since'];
    if (since === 'now')
      return new JsonText(pageText({ entries: [], cursor: await presentPlace(call.sql), more: false }));
    const cursor: Cursor = isTruthy(since)
      ? parseCursor(since)
      : { ...(await presentPlace(call.sql)), walk: { kind: kinds[0]!, id: '' } };
    await assertKnown(call.sql, cursor);
    if (cursor.walk) {
      const from = { position: cursor.position, stamp: cursor.stamp };
      return new JsonText(pageText(await walkOn(call, from, cursor.walk, options)));
    }
    return new JsonText(pageText(await awaitChanges(call, cursor, options, wait * 1000)));
  },
});

function readOptions(params: Record<string, unknown>): { wait: number; options: PageOptions } {
  const include = params['include'];
  if (isTruthy(include) && include !== 'document') throw invalid({ include: ['Must be `document`'] });
  const documents = include === 'document';
  const limit = natural(params, 'limit') ?? 100;
  if (limit === 0) throw invalid({ limit: ['Must be a positive number'] });
  return {
    wait: Math.min(natural(params, 'wait') ?? 0, most.seconds),
    options: { limit: Math.min(limit, documents ? most.documents : most.entries), documents },
  };
}
