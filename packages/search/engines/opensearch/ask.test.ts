import { expect, it } from 'vitest';
import { isAway, isRefusal } from '../../mirror/away.ts';
import { type Asked, ask } from './ask.ts';
import { PageKeys } from './page_keys.ts';

/** OpenSearch as it answers one of several questions with an error. */
const failing = (status: number): Asked => ({
  client: {
    msearch: async () => ({
      body: { responses: [{ error: { type: 'search_phase_execution_exception' }, status }] },
    }),
  } as unknown as Asked['client'],
  index: 'portolan',
  window: 10,
  keys: new PageKeys(),
});

const errorOf = (status: number) => ask(failing(status), [{}]).catch((error: unknown) => error);

it.each([400, 500])(
  'a question at which OpenSearch fails with %i says nothing of the others',
  async (status) => {
    const error = await errorOf(status);
    expect([isAway(error), isRefusal(error)]).toEqual([false, true]);
  },
);

it.each([429, 503])('an answer of %i says that OpenSearch takes no questions now', async (status) =>
  expect(isAway(await errorOf(status))).toBe(true),
);
