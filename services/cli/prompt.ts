import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './environment.ts';

/** Asks on the terminal. @throws CommandError where nobody can answer: `option` is what to give instead */
export async function ask(question: string, option: string): Promise<string> {
  const terminal = open(option, process.stderr);
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** A password, typed twice and not shown. */
export async function askPassword(option: string): Promise<string> {
  const first = await askHidden('Password : ', option);
  if (first !== (await askHidden('Repeat for confirmation: ', option)))
    throw new CommandError('Error: the two passwords are not the same');
  if (first === '') throw new CommandError('Aborted!');
  return first;
}

/** Yes or no; without a terminal it is an error, never a yes. */
export async function confirm(question: string, option: string): Promise<boolean> {
  return /^y(es)?$/i.test(await ask(`${question} [y/N]: `, option));
}

async function askHidden(question: string, option: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = open(option, silent);
  process.stderr.write(question);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

function open(option: string, output: NodeJS.WritableStream) {
  if (!process.stdin.isTTY) throw new CommandError(`There is no terminal to ask on; give ${option}`, 2);
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  terminal.once('SIGINT', () => {
    process.stderr.write('\nAborted!\n');
    process.exit(1);
  });
  return terminal;
}
