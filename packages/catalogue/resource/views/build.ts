import type { ViewRow } from './rows.ts';

type Fields = Record<string, unknown>;

const own = ['id', 'resource_id', 'package_id', 'title', 'description', 'view_type'];

/** The row of a view as validated data says; what is not a column is a setting. */
export function viewRow(data: Fields, made: { id: string; package_id: string }): Omit<ViewRow, 'order'> {
  return {
    id: typeof data['id'] === 'string' ? data['id'] : made.id,
    package_id: made.package_id,
    resource_id: String(data['resource_id']),
    title: textOr(data['title'], null),
    description: textOr(data['description'], null),
    view_type: String(data['view_type']),
    config: configText(data),
  };
}

/** The settings of a view as its row holds them. */
export function configText(data: Fields): string | null {
  const settings = Object.fromEntries(Object.entries(data).filter(([name]) => !own.includes(name)));
  return Object.keys(settings).length > 0 ? JSON.stringify(settings) : null;
}

export const textOr = (value: unknown, otherwise: string | null): string | null =>
  typeof value === 'string' ? value : otherwise;
