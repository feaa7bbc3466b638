import type { Sql } from '@portolan/db';

/** The raw content of a record, ready to be served: nothing in it is ever taken for a page of ours. */
export interface RecordDocument {
  type: string;
  body: Buffer;
}

/** By id of the record. @returns undefined when it has no content: `No content found` */
export async function recordDocument(sql: Sql, id: string): Promise<RecordDocument | undefined> {
  const [row] = await sql.rows<{ text: string | null }>(
    `SELECT coalesce(nullif(o.content, ''), (SELECT value FROM harvest_object_extra
       WHERE harvest_object_id = o.id AND key = 'original_document' LIMIT 1)) AS text FROM harvest_object o WHERE o.id = $1`,
    [id],
  );
  return row?.text ? documentOf(row.text) : undefined;
}

/** The current record of a dataset, by the dataset's id. */
export async function datasetRecordDocument(
  sql: Sql,
  datasetId: string,
): Promise<RecordDocument | undefined> {
  const [row] = await sql.rows<{ id: string }>(
    `SELECT id FROM harvest_object WHERE package_id = $1 AND current ORDER BY import_finished DESC NULLS LAST LIMIT 1`,
    [datasetId],
  );
  return row && recordDocument(sql, row.id);
}

/**
 * XML gets its declaration back when it has none, JSON stays as it is, and anything else is plain text: as a page
 * it could run scripts in the portal's name.
 */
export function documentOf(text: string): RecordDocument {
  if (/^\s*</.test(text) && /<\/[^>]+>\s*$|\/>\s*$/.test(text)) {
    const declared = (text.split('\n')[0] ?? '').includes('<?xml');
    return {
      type: 'application/xml; charset=utf-8',
      body: Buffer.from(declared ? text : `<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
    };
  }
  return {
    type: isJson(text) ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
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
