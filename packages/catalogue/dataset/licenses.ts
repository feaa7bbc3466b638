/** A licence as license_list tells it; the built-in register has texts for truth values. */
export interface License {
  id: string;
  title: string;
  url: string;
  od_conformance: string;
  osd_conformance: string;
  family: string;
  domain_content: string;
  domain_data: string;
  domain_software: string;
  is_generic: string;
  maintainer: string;
  status: string;
}

interface Row {
  id: string;
  title: string;
  url?: string;
  /** Conforms to the Open Definition. */
  open?: true;
  /** For which kinds of work it is meant. */
  domains?: readonly ('content' | 'data' | 'software')[];
  generic?: true;
}

/** CKAN's built-in register, in its order. */
const register: readonly Row[] = [
  { id: 'notspecified', title: 'License not specified', generic: true },
  {
    id: 'odc-pddl',
    title: 'Open Data Commons Public Domain Dedication and License (PDDL)',
    url: 'http://www.opendefinition.org/licenses/odc-pddl',
    open: true,
    domains: ['data'],
  },
  {
    id: 'odc-odbl',
    title: 'Open Data Commons Open Database License (ODbL)',
    url: 'http://www.opendefinition.org/licenses/odc-odbl',
    open: true,
    domains: ['data'],
  },
  {
    id: 'odc-by',
    title: 'Open Data Commons Attribution License',
    url: 'http://www.opendefinition.org/licenses/odc-by',
    open: true,
    domains: ['data'],
  },
  {
    id: 'cc-zero',
    title: 'Creative Commons CCZero',
    url: 'http://www.opendefinition.org/licenses/cc-zero',
    open: true,
    domains: ['content', 'data'],
  },
  {
    id: 'cc-by',
    title: 'Creative Commons Attribution',
    url: 'http://www.opendefinition.org/licenses/cc-by',
    open: true,
  },
  {
    id: 'cc-by-sa',
    title: 'Creative Commons Attribution Share-Alike',
    url: 'http://www.opendefinition.org/licenses/cc-by-sa',
    open: true,
    domains: ['content'],
  },
  {
    id: 'gfdl',
    title: 'GNU Free Documentation License',
    url: 'http://www.opendefinition.org/licenses/gfdl',
    open: true,
    domains: ['content'],
  },
  { id: 'other-open', title: 'Other (Open)', open: true, domains: ['content'], generic: true },
  { id: 'other-pd', title: 'Other (Public Domain)', open: true, domains: ['content'], generic: true },
  { id: 'other-at', title: 'Other (Attribution)', open: true, domains: ['content'], generic: true },
  {
    id: 'uk-ogl',
    title: 'UK Open Government Licence (OGL)',
    url: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    open: true,
    domains: ['content'],
  },
  {
    id: 'cc-nc',
    title: 'Creative Commons Non-Commercial (Any)',
    url: 'http://creativecommons.org/licenses/by-nc/2.0/',
  },
  { id: 'other-nc', title: 'Other (Non-Commercial)', generic: true },
  { id: 'other-closed', title: 'Other (Not Open)', generic: true },
];

const python = (value: boolean) => (value ? 'True' : 'False');
const reviewed = (value: boolean) => (value ? 'approved' : 'not reviewed');

export const licenses: readonly License[] = register.map((row) => ({
  id: row.id,
  title: row.title,
  url: row.url ?? '',
  od_conformance: reviewed(row.open ?? false),
  osd_conformance: reviewed(false),
  family: '',
  domain_content: python(row.domains?.includes('content') ?? false),
  domain_data: python(row.domains?.includes('data') ?? false),
  domain_software: python(row.domains?.includes('software') ?? false),
  is_generic: python(row.generic ?? false),
  maintainer: '',
  status: 'active',
}));

const byId = new Map(register.map((row) => [row.id, row]));

/** What a dataset tells of its licence; nothing for one that is not in the register. */
export function licenseOf(
  id: string | null,
): { title: string; url: string | undefined; open: boolean } | undefined {
  const row = id === null ? undefined : byId.get(id);
  return row && { title: row.title, url: row.url, open: row.open ?? false };
}
