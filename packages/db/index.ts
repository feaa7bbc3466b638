export { columnTypes, type Sql, type Tx } from './connection.ts';
export { type DatabaseOptions, type Db, openDatabase } from './database.ts';
export { describeSchema, describeTypes } from './introspect.ts';
export { lockNames } from './lock.ts';
export { migrate, readMigrations } from './migrate.ts';
export type { Tables } from './tables.ts';
