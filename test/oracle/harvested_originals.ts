/** As `package_show` gives it. */
export interface Dataset {
  id: string;
  name: string;
  title: string;
  notes: string;
  url: string;
  author: string;
  license_id: string;
  tags: { name: string }[];
  extras: { key: string; value: string }[];
  resources: { url: string; name: string; description: string; format: string }[];
}

type Call = <Result>(action: string, params: object) => Promise<Result>;
type Seen = Record<string, (dataset: Dataset, type: string) => unknown>;

export interface Original {
  dataset: Dataset;
  /** What a copy is expected to have as the original has it. */
  seen: Seen;
}

const tagsOf = ({ tags }: Dataset) => tags.map(({ name }) => name).sort();
const linksOf = ({ resources }: Dataset) => resources.map(({ url }) => url).sort();
const namesOf = ({ resources }: Dataset) =>
  resources.map(({ name, description }) => [name, description]).sort();

/** Whatever way it came. */
const everywhere: Seen = { notes: ({ notes }) => notes, tags: tagsOf, links: linksOf, names: namesOf };
/** Of CKAN's own kind of source the copy has all. */
const exact = (read: (dataset: Dataset) => unknown) => (dataset: Dataset, type: string) =>
  type === 'ckan' ? read(dataset) : undefined;
const own: Seen = {
  id: exact(({ id }) => id),
  name: exact(({ name }) => name),
  licence: exact(({ license_id }) => license_id),
  author: exact(({ author, url }) => [author, url]),
  formats: exact(({ resources }) => resources.map(({ format }) => format)),
  extras: exact(({ extras }) =>
    extras
      .filter(({ key }) => !key.startsWith('harvest_'))
      .map(({ key, value }) => [key, value])
      .sort(),
  ),
};

const odd: object[] = [
  { title: 'Žlutý kůň & “quotes” <b>bold</b> 馬', notes: 'Line one\r\n\r\n* a\n* b & c < d\ttab 🐎' },
  { title: 'No resources', resources: [], notes: 'Nothing to fetch.' },
  {
    title: 'An address with blanks',
    resources: [{ url: 'https://files.test/a b.csv?x=1&y=ä', format: 'csv' }],
  },
  { title: 'Nested extras', extras: [{ key: 'list', value: '[{"a": "b"}, null, 1]' }] },
  { title: 'A place', extras: [{ key: 'spatial', value: '{"type":"Point","coordinates":[-1.5,53.8]}' }] },
  {
    title: 'A time',
    extras: [
      { key: 'temporal_start', value: '2019-02-30' },
      { key: 'issued', value: '-0044-03-15' },
      { key: 'frequency', value: 'http://purl.org/cld/freq/daily' },
    ],
  },
  { title: 'Tags of all kinds', tags: [{ name: 'Größe' }, { name: 'a.b_c-d e' }, { name: '馬車' }] },
  { title: 'An unknown licence', license_id: 'made-up-licence' },
  {
    title: 'Many resources',
    resources: Array.from({ length: 60 }, (_, at) => ({
      url: `https://files.test/${at}`,
      name: `Part ${at}`,
    })),
  },
  { title: 'An address that is none', resources: [{ url: 'see the library', name: 'By post' }] },
];

/** Fills a portal with odd and ordinary datasets, one of them private; then what is there can be changed. */
export async function fillPortal(call: Call, count: number) {
  await call('organization_create', { name: 'ministry', title: 'Ministry of Horses' });
  await call('group_create', { name: 'animals', title: 'Animals' });
  const names: string[] = [];
  const create = async (params: object) => {
    const name = `original-${names.length}`;
    await call('package_create', {
      name,
      owner_org: 'ministry',
      notes: 'An ordinary text.',
      resources: [
        { url: `https://files.test/${name}.csv`, name: 'Table', description: 'All of it', format: 'CSV' },
      ],
      ...params,
    });
    names.push(name);
  };
  for (const params of odd) await create(params);
  for (let at = names.length; at < count; at++)
    await create({
      title: `Ordinary ${at}`,
      tags: [{ name: `tag ${at % 7}` }],
      groups: [{ name: 'animals' }],
    });
  await call('package_create', { name: 'hidden', title: 'Hidden', owner_org: 'ministry', private: true });
  const last = () => names.at(-1) ?? '';
  return {
    /** The public datasets, as they are now. */
    originals: async (): Promise<Original[]> => {
      const shown: Original[] = [];
      for (const name of names)
        shown.push({
          dataset: await call<Dataset>('package_show', { id: name }),
          seen: { ...everywhere, ...own },
        });
      return shown;
    },
    async change(): Promise<void> {
      await call('package_patch', { id: names[0], notes: 'Other words, after all.' });
      await call('package_delete', { id: last() });
      names.pop();
    },
    async changeBack(): Promise<void> {
      await create({ title: `Ordinary ${names.length} again` });
    },
  };
}
