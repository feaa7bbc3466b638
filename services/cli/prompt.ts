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
  for (;;) {
    const first = await askHidden('Password : ', option);
    if (first === '') continue;
    if (first === (await askHidden('Repeat for confirmation: ', option))) return first;
    process.stderr.write('Error: The two entered values do not match.\n');
  }
}

/** Yes or no; without a terminal it is an error, never a yes. `usual` is what an empty answer means. */
export async function confirm(question: string, option: string, usual = false): Promise<boolean> {
  const answer = await ask(`${question} [${usual ? 'Y/n' : 'y/N'}]: `, option);
  return answer === '' ? usual : /^y(es)?$/i.test(answer);
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
  const abort = () => {
    process.stderr.write('\nAborted!\n');
    process.exit(1);
  };
  terminal.once('SIGINT', abort);
  // Ctrl-D.
  terminal.once('close', abort);
  return {
    question: (text: string) => terminal.question(text),
    close() {
      terminal.off('close', abort);
      terminal.close();
    },
  };
}
