const uuid = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const moment = /\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?/g;

/**
 * Which errors a job had, whatever their number: in order, each once, without the ids and times that are another job's
 * the next time.
 */
export const errorSet = (summary: readonly { message: string }[] = []): string[] =>
  [...new Set(summary.map(({ message }) => message.replace(uuid, '…').replace(moment, '…')))].sort();
