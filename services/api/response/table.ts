import { escapeHtml } from './page.ts';

/** A piece of a page that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Cell = string | number | Html;

const shown = (value: Cell): string => (value instanceof Html ? value.text : escapeHtml(String(value)));

export const link = (address: string, text: string): Html =>
  new Html(`<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`);

/** A table with a row of heads. */
export function table(heads: string[], rows: Cell[][]): string {
  const cells = (kind: 'th' | 'td', values: Cell[]) =>
    `<tr>${values.map((value) => `<${kind}>${shown(value)}</${kind}>`).join('')}</tr>`;
  return `<table>${cells('th', heads)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}
