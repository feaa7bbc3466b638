/** What is written of a document; its number is the table's own. */
export const columns =
  `package_id name title_string organization owner_org license_id dataset_type state capacity
  metadata_created metadata_modified tags groups res_format labels minx miny maxx maxy
  lengths length_title length_notes length_text totals exact terms numbers fields`.split(/\s+/);

export interface EntryRow {
  package_id: string;
  checksum: string;
}

/** SQL for the checksum of a row `alias`: over all of it, not what somebody said of it. As text: it has 64 bits. */
export const rowChecksum = (alias: string): string =>
  `hash_record_extended(ROW(${columns
    // PostgreSQL has no hash of this type itself.
    .map((column) => (column === 'terms' ? `tsvectorsend(${alias}.terms)` : `${alias}.${column}`))
    .join(', ')}), 0)::text`;

export const checksumsOf = (rows: EntryRow[]): Map<string, string> =>
  new Map(rows.map(({ package_id, checksum }) => [package_id, checksum]));
