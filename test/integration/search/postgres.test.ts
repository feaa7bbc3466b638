import { postgresEngine } from '@portolan/search';
import { describe } from 'vitest';
import { testDatabase } from '../../harness/database.ts';
import { searchConformance } from './conformance.ts';
import { numberedCases } from './numbered/numbered.ts';

const open = async () => ({ engine: postgresEngine(), db: (await testDatabase()).db });

describe('the PostgreSQL engine', () => {
  searchConformance(open);
  describe('numbered cases', () => numberedCases(open));
});
