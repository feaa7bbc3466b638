import fc from 'fast-check';
import { isoRecord } from './iso_record.ts';
import type { Answer, Documents, Scenario, Scenarios } from './scenario.ts';

type Kind = 'apache' | 'apache table' | 'nginx' | 'iis' | 'other';

const servers: Record<Kind, Record<string, string>> = {
  apache: { server: 'Apache/2.4.62 (Debian)' },
  'apache table': {},
  nginx: { server: 'nginx/1.26.2' },
  iis: { server: 'Microsoft-IIS/10.0' },
  other: { server: 'static' },
};

interface Entry {
  file: string;
  /** Day of November 2024. */
  day: number;
}

const line = (kind: Kind, path: string, { file, day }: Entry): string => {
  const two = String(day).padStart(2, '0');
  switch (kind) {
    case 'apache':
      return `<img src="/icons/text.gif" alt="[TXT]"> <a href="${file}">${file}</a>   2024-11-${two} 15:00  1.2K  \n`;
    case 'apache table':
      return `<tr><td><a href="${file}">${file}</a></td><td align="right">2024-11-${two} 15:00  </td><td align="right">1.2K</td></tr>\n`;
    case 'nginx':
      return `<a href="${file}">${file}</a>      ${two}-Nov-2024 15:00      1234\n`;
    case 'iis':
      return `<br> 11/${day}/2024  3:00 PM         1234 <A HREF="${path}${file}">${file}</A>`;
    case 'other':
      return `<li><a href="${file}">${file}</a> ${two}</li>\n`;
  }
};

function listing(kind: Kind, path: string, entries: readonly Entry[], below: readonly string[]): Answer {
  const lines = [...below.map((name) => ({ file: `${name}/`, day: 1 })), ...entries].map((entry) =>
    line(kind, path, entry),
  );
  const odd =
    '<a href="?C=N;O=D">Name</a> <a href="_hidden.xml">x</a> <a href="mailto:a@a.test">mail</a> <a href="#top">top</a> <a href="readme.txt">read</a> <a href="UPPER.XML">upper</a>\n';
  const body =
    kind === 'iis'
      ? `<html><head><title>${path}</title></head><body><H1>${path}</H1><hr><pre><A HREF="/">[To Parent Directory]</A><br>${lines.join('')}<br></pre></body></html>`
      : `<html><body><h1>Index of ${path}</h1><pre>${odd}<a href="../">../</a>\n${lines.join('')}</pre></body></html>`;
  return { headers: { 'content-type': 'text/html; charset=utf-8', ...servers[kind] }, body };
}

const xml = (body: string): Answer => ({
  headers: { 'content-type': 'application/xml; charset=utf-8' },
  body,
});

type Fate = 'same' | 'touched' | 'newer' | 'older' | 'removed' | 'moved' | 'renamed' | 'broken' | 'changed';
const fates: Fate[] = [
  'same',
  'touched',
  'newer',
  'older',
  'removed',
  'moved',
  'renamed',
  'broken',
  'changed',
];

const guidOf = fc.oneof(
  { weight: 12, arbitrary: fc.constant((guid: string) => guid as string | undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(guid: string) => string | undefined>(
      () => undefined,
      () => '',
      (guid) => ` ${guid} `,
      (guid) => `{${guid.toUpperCase()}}`,
      () => 'shared-guid',
      (guid) => `http://ids.test/${guid}?a=b&c=ä`,
    ),
  },
);

const one = fc.record({
  record: isoRecord,
  other: isoRecord,
  guidOf,
  fate: fc.constantFrom(...fates),
});

type One = typeof one extends fc.Arbitrary<infer T> ? T : never;

/** The folder at each of its three runs. */
function folderRuns(kind: Kind, path: string, records: One[], seed: number): Documents[] {
  const runs: Documents[] = [];
  for (const run of [0, 1, 2]) {
    const documents: Documents = {};
    const top: Entry[] = [];
    const below: Entry[] = [];
    records.forEach(({ record, other, guidOf, fate }, at) => {
      const inside = at % 7 === 6;
      const name = (suffix = '') => `r${at}${suffix}.xml`;
      const guid = guidOf(`record-${seed}-${at}`);
      let [file, day, body]: [string, number, string | undefined] = [name(), 5, record.write(guid)];
      if (run === 1) {
        if (fate === 'touched') day = 6;
        if (fate === 'newer') [day, body] = [6, other.write(guid, '2022-05-06')];
        if (fate === 'older') [day, body] = [6, other.write(guid, '2001-05-06')];
        if (fate === 'changed') [day, body] = [6, other.write(guid)];
        if (fate === 'removed') body = undefined;
        if (fate === 'moved') file = name('-moved');
        if (fate === 'renamed') [day, body] = [6, record.write(`${guid}-renamed`, '2022-05-06')];
        if (fate === 'broken') [day, body] = [6, '<gmd:broken></gmd:MD_Metadata>'];
      }
      if (body === undefined) return;
      (inside ? below : top).push({ file, day });
      documents[`${path}${inside ? 'below/' : ''}${file}`] = xml(body);
    });
    documents[path] = listing(kind, path, top, below.length > 0 ? ['below'] : []);
    documents[`${path}below/`] = listing(kind, `${path}below/`, below, []);
    runs.push(documents);
  }
  return runs;
}

const configs: Record<string, unknown>[] = [
  { continue_on_validation_errors: true },
  {
    continue_on_validation_errors: true,
    clean_tags: true,
    default_tags: ['harvested', 'tea'],
    default_extras: { guid: 'mine', source: '{harvest_source_title} of {harvest_source_url}', empty: '' },
  },
  {
    continue_on_validation_errors: true,
    override_extras: true,
    default_extras: { guid: 'mine', lineage: 'all of {harvest_source_id}', number: 5 },
    validator_profiles: ['iso19139eden'],
  },
  { validator_profiles: ['iso19139eden', 'constraints-1.4'] },
  { continue_on_validation_errors: true, validator_profiles: ['gemini2-1.3'] },
  {},
];

const kinds: Kind[] = ['apache', 'nginx', 'iis', 'apache table', 'other'];

/** A folder of invented records, harvested three times. */
export const wafScenarios: Scenarios = ({ seed, records }) => {
  const kind = kinds[seed % kinds.length] as Kind;
  const path = `/waf-${seed}/`;
  const name = `waf-${seed}`;
  const config = configs[seed % configs.length] as Record<string, unknown>;
  const runs = folderRuns(kind, path, fc.sample(one, { seed, numRuns: records }), seed);
  return [{ name, type: 'waf', path, config, runs, anyOrder: true }];
};

/** Single records, each a source of its own, harvested three times. */
export const singleScenarios: Scenarios = ({ seed, records }) =>
  fc.sample(one, { seed, numRuns: records }).map(({ record, other, guidOf }, at): Scenario => {
    const path = `/single-${seed}-${at}.xml`;
    const guid = guidOf(`single-${seed}-${at}`);
    return {
      name: `single-${seed}-${at}`,
      type: 'single-doc',
      path,
      config: { continue_on_validation_errors: true },
      runs: [
        { [path]: xml(record.write(guid)) },
        { [path]: xml(other.write(guid, '2022-05-06')) },
        at % 3 === 0 ? {} : { [path]: xml(record.write(at % 3 === 1 ? guid : `${guid}-b`)) },
      ],
      anyOrder: true,
    };
  });
