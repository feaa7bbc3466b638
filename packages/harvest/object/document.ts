import type { Sql } from '@portolan/db';

/** The raw content of a record. Who serves it says `Content-Security-Policy: sandbox`: no script in it is ever ours. */
export interface RecordDocument {
  type: string;
  body: Buffer;
}

/** By id of the record. @returns undefined when it has no content: `No content found` */
export async function recordDocument(sql: Sql, id: string): Promise<RecordDocument | undefined> {
  const [row] = await sql.rows<{ text: string | null }>(
    `SELECT coalesce(nullif(portolan.harvest_content(o.id), ''), (SELECT value FROM harvest_object_extra
       WHERE harvest_object_id = o.id AND key = 'original_document' LIMIT 1)) AS text FROM harvest_object o WHERE o.id = $1`,
    [id],
  );
  return row?.text ? documentOf(row.text) : undefined;
}

/** The document that a record was made from, when it had to be transformed first. */
export async function originalDocument(sql: Sql, id: string): Promise<RecordDocument | undefined> {
  const text = await originalText(sql, id);
  return text ? documentOf(text) : undefined;
}

/** A record as a page of its text: no element of it becomes one of the page. */
export async function recordPage(
  sql: Sql,
  id: string,
  which: 'content' | 'original',
): Promise<RecordDocument | undefined> {
  const document = which === 'original' ? await originalDocument(sql, id) : await recordDocument(sql, id);
  if (!document) return undefined;
  const shown = escaped(document.body.toString());
  return {
    type: 'text/html; charset=utf-8',
    body: Buffer.from(
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Record ${escaped(id)}</title></head><body><h1>Record ${escaped(id)}</h1><pre>${shown}</pre></body></html>\n`,
    ),
  };
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

async function originalText(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql.rows<{ value: string | null }>(
    `SELECT value FROM harvest_object_extra WHERE harvest_object_id = $1 AND key = 'original_document' LIMIT 1`,
    [id],
  );
  return row?.value ?? undefined;
}

/** The current record of a dataset, by the dataset's id or name. */
export async function datasetRecordDocument(
  sql: Sql,
  datasetId: string,
): Promise<RecordDocument | undefined> {
  const [row] = await sql.rows<{ id: string }>(
    `SELECT o.id FROM harvest_object o JOIN package p ON p.id = o.package_id
     WHERE (p.id = $1 OR p.name = $1) AND p.state = 'active' AND p.private IS NOT TRUE AND o.current ORDER BY import_finished DESC NULLS LAST LIMIT 1`,
    [datasetId],
  );
  return row && recordDocument(sql, row.id);
}

/** XML gets its declaration back when it has none, JSON stays as it is, and anything else is a page, as in CKAN. */
export function documentOf(text: string): RecordDocument {
  if (/^\s*</.test(text) && /<\/[^>]+>\s*$|\/>\s*$/.test(text)) {
    const declared = (text.split('\n')[0] ?? '').includes('<?xml');
    return {
      type: 'application/xml; charset=utf-8',
      body: Buffer.from(declared ? text : `<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
    };
  }
  return {
    type: isJson(text) ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    body: Buffer.from(text),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
