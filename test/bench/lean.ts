// Imported first by benches that measure a process which the portal starts lean: starts the program again like that.
import { spawnSync } from 'node:child_process';
import { environment, leanEnvironment } from '@portolan/kernel';

const mark = 'BENCH_IS_LEAN';
if (environment()[mark] === undefined) {
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    env: { ...leanEnvironment(environment()), [mark]: 'yes' },
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
