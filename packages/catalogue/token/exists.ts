import type { Sql } from '@portolan/db';

export const tokenExists = async (sql: Sql, id: string): Promise<boolean> =>
  (await sql.rows('SELECT FROM api_token WHERE id = $1', [id])).length > 0;
