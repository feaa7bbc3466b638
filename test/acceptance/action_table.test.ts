import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { send } from './client.ts';

const documentation = readFileSync('docs/compatibility.md', 'utf8');
const [, ckans = '', beyond = ''] = documentation.split(/^## Actions$|^Beyond CKAN:$/m);
const rowsOf = (text: string) =>
  [...text.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => {
    const cells = rest.split('|').map((cell) => cell.trim());
    return { name, state: cells[1], remark: cells.at(-1) };
  });
const table = rowsOf(ckans);
const extensions = rowsOf(beyond).map(({ name }) => name);

const { paths } = (await (await send('/openapi.json')).json()) as { paths: Record<string, unknown> };
const here = Object.keys(paths).map((path) => path.split('/').at(-1) ?? '');

describe('the table of actions', () => {
  it('names every action that is here, once', () => {
    const named = [
      ...table.filter(({ state }) => state === 'as CKAN').map(({ name }) => name),
      ...extensions,
    ];
    expect(named.sort()).toEqual(here.sort());
  });

  it('says why an action of CKAN’s is not here', () => {
    const others = table.filter(({ state }) => state !== 'as CKAN');
    expect(others.filter(({ state }) => state !== 'missing' && state !== 'left out')).toEqual([]);
    expect(others.filter(({ remark }) => !remark)).toEqual([]);
  });

  it('is that of CKAN 2.11 with its extensions', () => expect(table).toHaveLength(200));
});
