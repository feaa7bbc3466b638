import type { Logger } from '@portolan/kernel';

/** The parts of the harvester that CKAN tells apart in its log; `queue` is whatever is none of the others. */
export type LogPart = 'plugin' | 'model' | 'action' | 'validators' | 'harvesters' | 'queue';

/** Which of them are written to `harvest_log`, by `ckan.harvest.log_scope`. Source: ckanext-harvest, spec/harvesting 9. */
export const partsOfScope: Record<number, readonly LogPart[]> = {
  [-1]: [],
  0: ['plugin', 'model', 'action', 'validators', 'harvesters', 'queue'],
  1: ['model', 'action', 'validators', 'harvesters'],
  2: ['model', 'action', 'validators'],
  3: ['model', 'action'],
  4: ['action'],
  5: ['model'],
  6: ['plugin'],
  7: ['harvesters'],
};

/** A logger whose lines are a part's: all are on standard error, those of the chosen parts in `harvest_log`, too. */
export const logOf = (logger: Logger, part: LogPart): Logger => logger.child({ harvest: part });
