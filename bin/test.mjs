// `npm test`: sets up, then checks types, style and behaviour on embedded parts. With a name of a suite
// (`node bin/test.mjs integration`) only that suite runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { prepare } from './prepare.mjs';

const { root, node } = await prepare();
const program = (name) => path.join(root, 'node_modules', name);

const env = {
  // Compiled code is kept between runs, as that of commands is: the tests start the product many times.
  NODE_COMPILE_CACHE: path.join(root, '.runtime', 'compiled'),
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
};

/** Runs a step on the pinned Node and returns its exit code; what it prints is shown at once, or `held` until it ends. */
async function run(title, script, args, held = false) {
  const heading = `\n== ${title}\n`;
  if (!held) process.stdout.write(heading);
  const stdio = held ? ['inherit', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(node, [script, ...args], { cwd: root, env, stdio });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => printed.push(piece));
  const [code, signal] = await once(child, 'close');
  if (held) process.stdout.write(`${heading}${Buffer.concat(printed)}`);
  if (signal) process.stdout.write(`${title} was ended by ${signal}\n`);
  return code ?? 1;
}

/** Runs a step; the first that fails ends the run with its exit code. */
async function step(...words) {
  const code = await run(...words);
  if (code !== 0) process.exit(code);
}

const vitest = (...projects) => ['run', ...projects.flatMap((name) => ['--project', name])];
const [suite] = process.argv.slice(2);
if (suite) await step(suite, program('vitest/vitest.mjs'), vitest(suite));
else {
  await step('types', program('typescript/bin/tsc'), ['-p', '.']);
  await step('style', program('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings']);
  // The acceptance tests come one after another, each waiting for the portal: they leave room for the others beside.
  const codes = await Promise.all([
    run('acceptance', program('vitest/vitest.mjs'), vitest('acceptance'), true),
    run('tests', program('vitest/vitest.mjs'), vitest('unit', 'portals')),
  ]);
  process.exitCode = Math.max(...codes);
}
