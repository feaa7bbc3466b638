import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** What a command line answered; `output` has both its streams. */
export interface Answer {
  code: number;
  output: string;
}

/** A process for many command lines of `portolan`: to start one for each takes longer than most of them do. */
export class Lines {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(path.join(import.meta.dirname, 'lines.child.ts'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
  }

  async run(words: string[]): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const end = () => reject(new Error(`the process ended while it ran ${words.join(' ')}`));
    this.#child.once('message', resolve).once('exit', end);
    this.#child.send(words);
    try {
      return await promise;
    } finally {
      this.#child.off('message', resolve).off('exit', end);
    }
  }

  close(): void {
    this.#child.disconnect();
  }
}
