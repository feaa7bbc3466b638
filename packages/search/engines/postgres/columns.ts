export interface Column {
  sql: string;
  kind: 'text' | 'list' | 'number';
  /** Hardly any two documents have the same value: looked up in an index rather than held in memory. */
  unique?: true;
}

const text = (name: string): [string, Column] => [name, { sql: `d.${name}`, kind: 'text' }];
const list = (name: string, column = name): [string, Column] => [name, { sql: `d.${column}`, kind: 'list' }];
const number = (name: string): [string, Column] => [name, { sql: `d.${name}`, kind: 'number' }];

/** Fields that have a column of their own, in which they are compared, sorted and counted without an index. */
const columns = new Map<string, Column>([
  ['id', { sql: 'd.package_id', kind: 'text', unique: true }],
  ['name', { sql: 'd.name', kind: 'text', unique: true }],
  ['title_string', { sql: 'd.title_string', kind: 'text', unique: true }],
  text('organization'),
  text('owner_org'),
  text('license_id'),
  text('dataset_type'),
  ['type', { sql: 'd.dataset_type', kind: 'text' }],
  text('state'),
  text('capacity'),
  list('tags'),
  list('groups'),
  list('res_format'),
  list('permission_labels', 'labels'),
  number('metadata_created'),
  number('metadata_modified'),
  number('minx'),
  number('miny'),
  number('maxx'),
  number('maxy'),
]);

export const columnOf = (field: string): Column | undefined => columns.get(field);
