import type { Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { differences } from './differences.rules.ts';
import { fileNameOf } from './portable.rules.ts';
import type { CopyReport } from './report.ts';
import { runAction } from './run_action.ts';

type Json = Record<string, unknown>;

/** Holds what was written against what the remote said. */
export async function verify(site: Site, objects: readonly Json[], { verified }: CopyReport): Promise<void> {
  for (const object of objects) {
    const found = await shown(site, object['id']);
    if (!found) {
      verified.missing.push(object['name']);
      continue;
    }
    const paths = differences(withoutAddresses(object), withoutAddresses(found));
    if (paths.length === 0) verified.equal++;
    else verified.different.push({ name: object['name'], paths });
  }
}

/** Addresses of uploaded files are each portal's own. */
function withoutAddresses(dataset: Json): Json {
  const resources = ((dataset['resources'] ?? []) as Json[]).map((resource) =>
    resource['url_type'] === 'upload'
      ? { ...resource, url: fileNameOf(String(resource['url'])), last_modified: undefined }
      : resource,
  );
  return { ...dataset, resources };
}

async function shown(site: Site, id: unknown): Promise<Json | undefined> {
  try {
    return (await runAction(site, 'package_show', { id })) as Json;
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound') return undefined;
    throw error;
  }
}
