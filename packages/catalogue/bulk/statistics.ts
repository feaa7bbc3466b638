import type { Site } from '../action/call.ts';

const tables = ['package', 'package_extra', 'package_tag', 'tag', 'resource', 'member', '"group"'];

/**
 * Tells the planner how large the catalogue has become. Statements that were planned on a small one would read whole
 * tables for each dataset until autovacuum looks, up to a minute later.
 */
export const refreshStatistics = async (site: Site): Promise<void> => {
  await site.db.rows(`ANALYZE ${tables.join(', ')}`);
};
