export { canEnter, serverAccount } from './account.ts';
export { type EmbeddedOptions, type EmbeddedPostgres, startPostgres } from './postgres.ts';
