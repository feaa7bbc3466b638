import { ask, type Server } from '../authorisation/client.ts';

/** What takes away what an action makes. */
const removers: Record<string, string> = {
  package_create: 'dataset_purge',
  group_create: 'group_purge',
  organization_create: 'organization_purge',
  user_create: 'user_delete',
  vocabulary_create: 'vocabulary_delete',
  tag_create: 'tag_delete',
  task_status_update: 'task_status_delete',
};

/** A server whose makings are remembered, and a way to take them away again. */
export function remembering(server: Omit<Server, 'done'>) {
  const made: { remover: string; id: string }[] = [];
  const remembered: Server = {
    ...server,
    done(action, result) {
      const remover = removers[action];
      // The dataset, group or account; `user_create` by others and `return_id_only` answer the id alone.
      const id = typeof result === 'string' ? result : (result as { id?: unknown } | null)?.id;
      if (remover && typeof id === 'string') made.push({ remover, id });
    },
  };
  return {
    server: remembered,
    /**
     * Last made, first removed: datasets before their organisations. What the calls themselves took away is not found
     * again. Accounts stay as deleted ones, translations of terms and activities stay: CKAN has no action for them.
     */
    async removeMade(): Promise<void> {
      for (const { remover, id } of made.reverse()) {
        // CKAN does not delete a vocabulary that has tags.
        if (remover === 'vocabulary_delete')
          await ask(remembered, 'vocabulary_update', { id, tags: [] }, server.token);
        await ask(remembered, remover, { id }, server.token);
      }
    },
  };
}
