import type { Client } from '@opensearch-project/opensearch';

/** `ALIAS-MAPPING-NUMBER`. */
const nameOf = (alias: string, mapping: string, number: number) => `${alias}-${mapping}-${number}`;

/** All indices on the server that are named like ours, with their numbers. */
export async function namedIndices(
  client: Client,
  alias: string,
): Promise<{ name: string; number: number }[]> {
  const { body } = await client.indices.get({ index: `${alias}-*`, ignore_unavailable: true } as never);
  return Object.keys(body as object).flatMap((name) => {
    const match = /^[a-z0-9]+-(\d+)$/.exec(name.slice(alias.length + 1));
    return match ? [{ name, number: Number(match[1]) }] : [];
  });
}

export async function nextName(client: Client, alias: string, mapping: string): Promise<string> {
  const numbers = (await namedIndices(client, alias)).map(({ number }) => number);
  return nameOf(alias, mapping, Math.max(0, ...numbers) + 1);
}

export async function indexExists(client: Client, index: string): Promise<boolean> {
  return (await client.indices.exists({ index })).body;
}
