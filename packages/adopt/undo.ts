import type { Db } from '@portolan/db';

interface Added {
  tables: string[];
  columns: { table: string; column: string }[];
  indexes: string[];
}

/**
 * Gives a database back to CKAN: everything of ours goes, and what was added to CKAN's tables, so that their
 * structure is what it was. The data stay as they are now, what was written here too.
 * @returns the rows that the clean-up had touched, as they were before it
 */
export async function undoAdoption(db: Db): Promise<{ step: string; table: string; before: unknown }[]> {
  return db.transact(async (tx) => {
    const [row] = await tx.rows<{ report: Added }>(
      `SELECT report FROM portolan.adoption WHERE step = 'structure'`,
    );
    if (!row) throw new Error('This database was not adopted from CKAN');
    const kept = await tx.rows<{ step: string; table: string; before: unknown }>(
      'SELECT step, "table", before FROM portolan.adoption_row ORDER BY id',
    );
    const indexes = await tx.rows<{ name: string }>(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'portolan\\_%'`,
    );
    // Every record has its own text again, as CKAN keeps them.
    await tx.rows(
      `UPDATE harvest_object o SET content = h.content FROM portolan.harvest_same_content s
       JOIN harvest_object h ON h.id = s.holder_id WHERE o.id = s.object_id AND o.content IS NULL`,
    );
    // What CKAN leaves empty is empty again, but where it was given.
    await tx.rows(
      `UPDATE harvest_source s SET publisher_id = '' FROM package p
       WHERE p.id = s.id AND s.publisher_id = p.owner_org AND NOT EXISTS (
         SELECT FROM portolan.harvest_source_state t WHERE t.source_id = s.id AND t.publisher_given)`,
    );
    await tx.rows('DROP SCHEMA portolan CASCADE');
    await tx.rows('DROP SCHEMA IF EXISTS portolan_queue CASCADE');
    for (const { name } of indexes) await tx.rows(`DROP INDEX "${name}"`);
    await tx.rows('ALTER TABLE harvest_source DROP COLUMN name');
    const { tables, columns, indexes: added } = row.report;
    for (const name of added) await tx.rows(`DROP INDEX IF EXISTS "${name}"`);
    for (const { table, column } of columns) await tx.rows(`ALTER TABLE "${table}" DROP COLUMN "${column}"`);
    if (tables.length > 0) await tx.rows(`DROP TABLE ${tables.map((name) => `"${name}"`).join(', ')}`);
    return kept;
  });
}
