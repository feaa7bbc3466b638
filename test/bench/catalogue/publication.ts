import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Server } from '../../authorisation/client.ts';

/** A dataset as publishers send it: three resources, three tags, sixty words. */
export const publication = (name: string, organization: string) => ({
  name,
  owner_org: organization,
  title: `Dataset ${name}`,
  notes: 'Levels of rivers and lakes, measured every quarter of an hour at all stations. '.repeat(5),
  tags: ['water', 'levels', 'rivers'].map((tag) => ({ name: tag })),
  extras: [{ key: 'theme', value: 'environment' }],
  resources: [1, 2, 3].map((one) => ({ url: `https://example.org/${name}/${one}.csv`, name: `File ${one}` })),
});

/**
 * `ckanapi load datasets` in four processes, as publishers use it.
 * @param command path of `ckanapi`
 * @param file is written for it
 * @returns seconds
 */
export async function loadByCkanapi(
  command: string,
  server: Server,
  datasets: object[],
  file: string,
): Promise<number> {
  writeFileSync(file, datasets.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const words = ['load', 'datasets', '-I', file, '-p', '4', '-r', server.url, '-a', server.token, '-q'];
  // It starts its workers by its own name.
  const env = { ...process.env, PATH: `${path.dirname(command)}:${process.env['PATH']}` };
  const began = performance.now();
  await promisify(execFile)(command, words, { maxBuffer: 2 ** 28, env });
  return (performance.now() - began) / 1000;
}
