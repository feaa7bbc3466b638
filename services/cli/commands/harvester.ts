import type { Command } from 'commander';

export function harvesterCommand(program: Command): void {
  program.command('harvester').description('harvest sources and jobs');
}
