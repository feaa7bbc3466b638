import { runLine } from './command_line.ts';

// Whoever reads our output may stop, as `| head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runLine(process.argv.slice(2));
