import { defineConfig } from 'vitest/config';

/** Milliseconds; only what hangs comes near them, however busy the machine. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

/** One project a kind of suite: `unit`, `portals` and `acceptance` need nothing, the others need real servers. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'services/**/*.test.ts',
            'test/structure/*.test.ts',
            'docs/examples/**/*.test.ts',
          ],
          globalSetup: ['test/harness/global_setup.ts'],
          setupFiles: ['test/harness/setup.ts'],
          // A worker loads the product once for all its files.
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'portals',
          include: ['test/portals/**/*.test.ts'],
          globalSetup: ['test/portals/global_setup.ts'],
          ...patience,
          // A portal that starts beside other tests takes its time.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.test.ts'],
          globalSetup: ['test/acceptance/global_setup.ts'],
          ...patience,
          // The tests share one portal, and some look at the whole catalogue.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/harness/global_setup.ts'],
          setupFiles: ['test/harness/setup.ts'],
          ...patience,
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/faults/global_setup.ts'],
          ...patience,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
