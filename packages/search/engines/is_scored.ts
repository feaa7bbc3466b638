import type { EffectiveQuery } from '../query/effective_query.ts';

/** Whether it matters how well documents match: for their order, or because it is shown. */
export const isScored = ({ sort, fieldList }: Pick<EffectiveQuery, 'sort' | 'fieldList'>): boolean =>
  sort.some(({ by }) => by === 'score') || fieldList?.score === true;
