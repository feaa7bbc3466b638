import { readFileSync } from 'node:fs';
import { ask } from './client.ts';
import { harvestRequests } from './harvest_requests.ts';
import { datasetRequests, requests } from './requests.ts';
import { type Caller, callers, states, type World } from './world.ts';

/** `action state` or `action about` to a letter a caller, in the order of `callers`. */
export type Matrix = Map<string, string>;

const letters: Record<number, string> = { 200: '+', 400: '0', 403: '-', 404: '?', 409: '!' };

/** One letter for an answer: `+` allowed, `-` 403, `?` 404, `!` 409, `0` 400, `x` anything else. */
const letterOf = (status: number): string => letters[status] ?? 'x';

export interface Row {
  label: string;
  action: string;
  call(caller: Caller): Promise<number>;
}

/** The rows of the matrix over a world, in the order of their labels. */
export function rowsOf(world: World): Row[] {
  const rows: Row[] = [];
  const about = (caller: Caller) => ({ world, caller, self: world.users[caller] });
  for (const [label, request] of Object.entries({ ...requests, ...harvestRequests })) {
    const action = label.split(' ')[0] ?? '';
    const call = async (caller: Caller) => {
      const { status } = await ask(world.server, action, request.params(about(caller)), world.tokens[caller]);
      if (status === 200 && request.uses) await world.renewSpares();
      return status;
    };
    rows.push({ label, action, call });
  }
  for (const [action, request] of Object.entries(datasetRequests))
    for (const state of states) {
      const call = async (caller: Caller) => {
        const params = request.params(world.datasets[state], about(caller));
        const { status } = await ask(world.server, action, params, world.tokens[caller]);
        if (status === 200 && request.uses) await world.renewDataset(state);
        return status;
      };
      rows.push({ label: `${action} ${state}`, action, call });
    }
  return rows;
}

/** @param atOnce whose calls change nothing: these come all at once, before those of the others, one after the other */
export async function askRow(row: Row, atOnce: (caller: Caller) => boolean = () => false): Promise<string> {
  const together = callers.filter(atOnce);
  const answers = new Map(
    await Promise.all(together.map(async (caller) => [caller, await row.call(caller)] as const)),
  );
  for (const caller of callers) if (!answers.has(caller)) answers.set(caller, await row.call(caller));
  return callers.map((caller) => letterOf(answers.get(caller) ?? 0)).join('');
}

/** Whom a row refuses, by the letters of its answers. */
export const isRefused = (answers: string, caller: Caller): boolean =>
  '-?'.includes(answers[callers.indexOf(caller)] ?? ' ');

export const expectedFile = new URL('expected.tsv', import.meta.url);

/** What the portal is to answer. */
export function expectedMatrix(): Matrix {
  const lines = readFileSync(expectedFile, 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t') as [string, string]),
  );
}

export const matrixText = (matrix: Matrix): string =>
  `# callers: ${callers.join(' ')}\n# + allowed, - 403, ? 404, ! 409, 0 400, x anything else\n${[...matrix]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, answers]) => `${label}\t${answers}\n`)
    .join('')}`;
