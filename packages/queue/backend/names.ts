/** Where BullMQ has its tables in the catalogue's database; nobody else touches them. */
export const queueSchema = 'portolan_queue';

/** What all our keys begin with; a Redis may be shared by several sites. */
export const redisPrefix = (siteId: string): string => `portolan:${siteId}`;
