import type { CodedColumn } from './coded_column.ts';
import type { DocumentColumns } from './document_columns.ts';
import type { TextColumn } from './text_column.ts';

/** The values that documents have in the column, each once. */
export function valuesIn({ live }: DocumentColumns, column: CodedColumn | TextColumn): Iterable<string> {
  const values = new Set<string>();
  if (column.kind === 'text')
    live.each((slot) => {
      const value = column.get(slot);
      if (value !== undefined) values.add(value);
    });
  else {
    const used = new Uint8Array(column.values.length);
    live.each((slot) =>
      column.each(slot, (code) => {
        used[code] = 1;
      }),
    );
    for (const [code, value] of column.values.entries()) if (used[code]) values.add(value);
  }
  return values;
}
