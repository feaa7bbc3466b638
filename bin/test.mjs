// `npm test`: sets up, then checks types, style and behaviour on embedded parts. With a name of a suite
// (`node bin/test.mjs integration`) only that suite runs.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare } from './prepare.mjs';

const { root, node } = await prepare();
const program = (name) => path.join(root, 'node_modules', name);

/** Runs a step on the pinned Node; the first that fails ends the run with its exit code. */
function step(title, script, args) {
  process.stdout.write(`\n== ${title}\n`);
  // Compiled code is kept between runs, as that of commands is: the tests start the product many times.
  const env = {
    NODE_COMPILE_CACHE: path.join(root, '.runtime', 'compiled'),
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  const { status, signal } = spawnSync(node, [script, ...args], { cwd: root, stdio: 'inherit', env });
  if (signal) process.stdout.write(`${title} was ended by ${signal}\n`);
  if (status !== 0) process.exit(status ?? 1);
}

const vitest = (...projects) => ['run', ...projects.flatMap((name) => ['--project', name])];
const [suite] = process.argv.slice(2);
if (suite) step(suite, program('vitest/vitest.mjs'), vitest(suite));
else {
  step('types', program('typescript/bin/tsc'), ['-p', '.']);
  step('style', program('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings']);
  step('tests', program('vitest/vitest.mjs'), vitest('unit', 'portals', 'acceptance'));
}
