import { PortolanError } from '@portolan/kernel';
import { type Fields, type Schema, validated } from '@portolan/schema';

/**
 * Validates what a client sent; when its lists are no lists of objects, the answer shows the data again, as
 * CKAN's does.
 * @throws PortolanError `validation`, `integrity`
 */
export async function validatedParams<Context>(
  schema: Schema<Context>,
  params: Fields,
  context: Context,
): Promise<Fields> {
  try {
    return await validated(schema, params, context);
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'integrity') throw error;
    throw new PortolanError('integrity', error.detail, { fields: { data: params }, cause: error });
  }
}
