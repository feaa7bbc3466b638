import type { GatherContext, RecordDescriptor } from '../../driver.ts';
import { listRecords } from './listing.ts';

/** Lists the records, and says of each whether it is known already. */
export async function* gatherCsw(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const cql = context.config['cql'];
  for await (const records of listRecords(context, {
    ...(typeof cql === 'string' ? { cql } : {}),
    mayDelete: true,
  })) {
    const known = await context.known(records.map(({ guid }) => guid));
    for (const record of records)
      yield {
        ...record,
        extras: { ...record.extras, status: known.has(record.guid) ? 'change' : 'new' },
      };
  }
}
