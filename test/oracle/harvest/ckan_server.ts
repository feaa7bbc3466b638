import type { Answer, Documents } from './scenario.ts';

export interface RemoteGroup {
  id: string;
  name: string;
  title: string;
  [key: string]: unknown;
}

/** What an invented remote CKAN holds. */
export interface Remote {
  datasets: Record<string, unknown>[];
  groups: RemoteGroup[];
  organizations: RemoteGroup[];
}

const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

const result = (value: unknown) => json({ help: 'help', success: true, result: value });

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';

/** Whether a dataset is of what a filter asks for; the filters that harvesters write, no more. */
function matches(dataset: Record<string, unknown>, filter: string): boolean {
  const groups = Array.isArray(dataset['groups']) ? dataset['groups'].map(nameOf) : [];
  const owner = nameOf(dataset['organization']);
  const has = (field: string, name: string) =>
    field === 'organization' ? owner === name : groups.includes(name);
  const since = /metadata_modified:\[(\S+)Z TO \*\]/.exec(filter)?.[1];
  if (since !== undefined && String(dataset['metadata_modified']) < since) return false;
  const terms = [...filter.matchAll(/(-?)\b(organization|groups):(\S+)/g)];
  const wanted = terms.filter(([, sign]) => sign === '');
  const unwanted = terms.filter(([, sign]) => sign === '-');
  return (
    (wanted.length === 0 || wanted.some(([, , field, name]) => has(field ?? '', name ?? ''))) &&
    !unwanted.some(([, , field, name]) => has(field ?? '', name ?? ''))
  );
}

/** The actions of a remote CKAN that a harvester asks. @param path of its root, without a slash at the end */
export function remoteCkan(path: string, { datasets, groups, organizations }: Remote): Documents {
  const show = (all: RemoteGroup[]) => (query: URLSearchParams) => {
    const found = all.find(({ id, name }) => [id, name].includes(query.get('id') ?? ''));
    return found
      ? result(found)
      : json(
          { help: 'help', success: false, error: { __type: 'Not Found Error', message: 'Not found' } },
          404,
        );
  };
  return {
    [`${path}/api/3/action/package_search`]: (query) => {
      const found = datasets.filter((one) => matches(one, query.get('fq') ?? ''));
      const start = Number(query.get('start') ?? 0);
      const rows = Number(query.get('rows') ?? 10);
      return result({ count: found.length, results: found.slice(start, start + rows), search_facets: {} });
    },
    [`${path}/api/3/action/group_show`]: show(groups),
    [`${path}/api/3/action/organization_show`]: show(organizations),
  };
}
