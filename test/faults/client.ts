import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../processes/cluster.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: any action's result
  result: any;
  error: Record<string, unknown> | undefined;
}

/** Calls an action; undefined when no answer came, so that nobody knows whether it happened. */
export async function attempt(cluster: Cluster, action: string, params: object): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${cluster.url}/api/3/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: cluster.token },
      body: JSON.stringify(params),
    });
    const body = (await response.json()) as { result: unknown; error?: Record<string, unknown> };
    return { status: response.status, result: body.result, error: body.error };
  } catch {
    return undefined;
  }
}

/** Calls until an answer comes. For calls that may be repeated. */
export async function insist(cluster: Cluster, action: string, params: object): Promise<Answer> {
  for (;;) {
    const answer = await attempt(cluster, action, params);
    if (answer && answer.status < 500) return answer;
    await sleep(50);
  }
}

/** All datasets as package_show gives them, comparable. */
export async function catalogue(cluster: Cluster): Promise<Record<string, unknown>[]> {
  const names = (await insist(cluster, 'package_list', {})).result as string[];
  const datasets: Record<string, unknown>[] = [];
  for (const id of names) datasets.push(comparable((await insist(cluster, 'package_show', { id })).result));
  return datasets;
}

const madeAnew =
  /^(id|.*_id|metadata_(created|modified)|created|last_modified|owner_org|organization|harvest_object_id|harvest_source_id|(gather_)?(started|finished))$/;

/** Without what is made anew at every run. */
export function comparable(value: unknown): Record<string, unknown> {
  return strip(value) as Record<string, unknown>;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip).filter((one) => !isMadeAnew(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !madeAnew.test(key))
      .map(([key, item]) => [key, strip(item)]),
  );
}

/** An extra whose value is an id. */
const isMadeAnew = (one: unknown) =>
  typeof one === 'object' && one !== null && 'key' in one && madeAnew.test(String(one.key));
