import { type ErrorDict, invalid, PortolanError } from '@portolan/kernel';

/**
 * Runs a statement that a unique index may refuse, because somebody else was faster: the loser gets the same
 * error as one who comes late. `errors` gives the answer by name of the constraint or index.
 * @throws PortolanError `validation`
 */
export async function unlessTaken<Result>(
  errors: Readonly<Record<string, ErrorDict>>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    const answer = code === '23505' && constraint !== undefined ? errors[constraint] : undefined;
    if (answer === undefined) throw error;
    throw new PortolanError('validation', undefined, { fields: invalid(answer).fields, cause: error });
  }
}
