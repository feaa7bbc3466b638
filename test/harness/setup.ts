import fc from 'fast-check';
import { afterAll } from 'vitest';
import { endOfFile } from './end_of_file.ts';
import './product.ts';

// The same cases in every run, so that a change is judged by what it changes; other seeds by hand or at night:
// PORTOLAN_TEST_SEED=$RANDOM npm test
fc.configureGlobal({ seed: Number(process.env['PORTOLAN_TEST_SEED'] ?? 20_240_524) });

afterAll(endOfFile);
