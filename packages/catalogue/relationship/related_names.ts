import type { StoredDataset } from '../dataset/load.ts';
import { reverseOf } from './types.ts';

/** Names of related datasets, by what this one is to them: `depends_on`, `linked_from`, … */
export function relatedNames({
  relationships_as_subject: asSubject,
  relationships_as_object: asObject,
}: Pick<StoredDataset, 'relationships_as_subject' | 'relationships_as_object'>): Record<string, string[]> {
  const related: Record<string, string[]> = {};
  const add = (type: string, name: string | null) => {
    if (name === null) return;
    related[type] ??= [];
    related[type].push(name);
  };
  for (const { type, other } of asObject) add(reverseOf(type), other);
  for (const { type, other } of asSubject) add(type, other);
  return related;
}
