import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A line that is no JSON object. */
export class BadLine extends Error {}

export type ReadLine = { number: number; text: string; object: Record<string, unknown> | BadLine };

/** The objects of a file of JSON lines, `-` for standard input, packed or not; blank lines are left out. */
export async function* jsonLines(file: string): AsyncGenerator<ReadLine> {
  const source: Readable = file === '-' ? process.stdin : createReadStream(file);
  const input = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => input.destroy(error));
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (text.trim() !== '') yield { number, text, object: parse(text) };
  }
}

function parse(text: string): Record<string, unknown> | BadLine {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    return new BadLine('Not a JSON object');
  } catch (error) {
    return new BadLine(`Not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
