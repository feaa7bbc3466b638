export { arrayParameter, arrayText, textArray } from './array_parameter.ts';
export { columnTypes, type Sql, type Tx } from './connection.ts';
export { type DatabaseOptions, type Db, openDatabase } from './database.ts';
export { describeSchema, describeTypes } from './introspect.ts';
export { lockNames } from './lock.ts';
export { migrate, pendingMigrations, readMigrations } from './migrate.ts';
export { bucketOf, rowDigests, writingOf } from './row_digest.ts';
export { cancelStatements, type DatabaseSession, databaseSessions } from './sessions.ts';
export type { Tables } from './tables.ts';
