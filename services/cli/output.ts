import { asciiJson } from '@portolan/catalogue/ascii_json';

export function print(...lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** For scripts: one JSON document. */
export const printJson = (value: unknown): void =>
  print(JSON.stringify(JSON.parse(asciiJson(value ?? null)), null, 2));

/** A line of a CSV file (RFC 4180). */
export const csvLine = (values: readonly unknown[]): string =>
  values
    .map((value) => {
      const text = value === null || value === undefined ? '' : String(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
