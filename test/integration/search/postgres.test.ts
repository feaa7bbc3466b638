import { postgresEngine } from '@portolan/search';
import { describe } from 'vitest';
import { testDatabase } from '../../harness/database.ts';
import { searchConformance } from './conformance.ts';

describe('the PostgreSQL engine', () => {
  searchConformance(async () => ({ engine: postgresEngine(), db: (await testDatabase()).db }));
});
