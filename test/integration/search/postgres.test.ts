import { postgresEngine } from '@portolan/search';
import { describe } from 'vitest';
import { testDatabase } from '../../harness/database.ts';
import { searchConformance } from './conformance.ts';
import { numberedCases } from './numbered/numbered.ts';

/** What is asked here is answered, however busy the machine: what takes too long has a test of its own. */
const open = async () => ({ engine: postgresEngine({ timeout: 60_000 }), db: (await testDatabase()).db });

describe('the PostgreSQL engine', () => {
  searchConformance(open);
  describe('numbered cases', () => numberedCases(open));
});
