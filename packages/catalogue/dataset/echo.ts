import { PortolanError } from '@portolan/kernel';
import type { Params } from '../action/call.ts';

/** An `integrity` error tells the client what it sent. */
export async function echoing<Result>(request: Params, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'integrity') throw error;
    throw new PortolanError('integrity', error.detail, { fields: { data: request }, cause: error });
  }
}
