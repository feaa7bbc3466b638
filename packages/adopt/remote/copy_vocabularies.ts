import type { Site } from '@portolan/catalogue';
import { orNothing, type RemoteCkan } from './client.ts';
import { runAction } from './run_action.ts';

type Json = Record<string, unknown>;

/** @returns our ids of the remote's vocabularies */
export async function copyVocabularies(site: Site, remote: RemoteCkan): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, name, tags } of await orNothing(() => remote.action<Json[]>('vocabulary_list'))) {
    const [here] = await site.db.rows<{ id: string }>('SELECT id FROM vocabulary WHERE name = $1', [name]);
    const made =
      here ??
      ((await runAction(site, 'vocabulary_create', {
        name,
        tags: (tags as Json[]).map((tag) => ({ name: tag['name'] })),
      })) as { id: string });
    ids.set(String(id), made.id);
  }
  return ids;
}
