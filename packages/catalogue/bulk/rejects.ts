import { PortolanError } from '@portolan/kernel';

/** Why a line was refused, in the shape of CKAN's errors. */
export function refusalOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof PortolanError))
    return {
      __type: 'Internal Server Error',
      message: error instanceof Error ? error.message : String(error),
    };
  const { type, publicMessage: message, fields } = error;
  return { __type: type, ...(message === undefined ? {} : { message }), ...fields };
}
