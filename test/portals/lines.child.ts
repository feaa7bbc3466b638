// Runs command lines one after another, each as a process of its own would, without loading the product for each.
import { runLine } from '@portolan/service-cli/command_line';

let output = '';
for (const stream of [process.stdout, process.stderr])
  stream.write = (piece: unknown) => {
    output += String(piece);
    return true;
  };

process.on('message', async (words: string[]) => {
  output = '';
  const code = await runLine(words);
  process.send?.({ code, output });
});
