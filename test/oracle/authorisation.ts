// Asks a server the authorisation matrix and prints where it differs from test/authorisation/expected.tsv:
//
//   node test/oracle/authorisation.ts URL TOKEN [ACTION…] [--update] [--no-collaborators]
//
// The server is a real CKAN (with collaborators switched on, else say that it has none; hold its lock), to see that our table says what CKAN does;
// or a portal, with `--update` to write the table anew. Nothing of CKAN's is kept.
import { writeFileSync } from 'node:fs';
import { ask } from '../authorisation/client.ts';
import {
  askRow,
  expectedFile,
  expectedMatrix,
  type Matrix,
  matrixText,
  rowsOf,
} from '../authorisation/matrix.ts';
import { callers, makeWorld } from '../authorisation/world.ts';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [url, token, ...wanted] = words;
if (!url || !token) throw new Error('node test/oracle/authorisation.ts URL TOKEN [ACTION…] [--update]');
const server = { url: url.replace(/\/$/, ''), token };
const update = process.argv.includes('--update');
const expected: Matrix = update ? new Map() : expectedMatrix();
// Rows that were not asked for stay.
const found: Matrix = update && wanted.length > 0 ? expectedMatrix() : new Map();
const unknown = new Set<string>();
let different = 0;

const world = await makeWorld(server, { collaborators: !process.argv.includes('--no-collaborators') });
for (const row of rowsOf(world)) {
  if (wanted.length > 0 && !wanted.includes(row.action)) continue;
  const help = await ask(server, 'help_show', { name: row.action }, null);
  if (help.status !== 200) {
    unknown.add(row.action);
    continue;
  }
  const answers = await askRow(row);
  found.set(row.label, answers);
  const wish = expected.get(row.label);
  if (wish === undefined || wish === answers) continue;
  // CKAN's crashes are nothing to follow.
  const where = callers.filter((_, index) => wish[index] !== answers[index] && answers[index] !== 'x');
  if (where.length === 0) continue;
  different++;
  console.log(`${row.label}: expected ${wish}, got ${answers} (${where.join(', ')})`);
}
if (update) writeFileSync(expectedFile, matrixText(found));
console.log(
  `${found.size} rows, ${different} differ; the server has no ${[...unknown].join(', ') || 'action missing'}`,
);
