import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newName, succeed } from '../acceptance/client.ts';
import { emptyFolder, removeFolder } from '../acceptance/portal.ts';
import { Lines } from './lines.ts';

const data = inject('data');
const [ada, org, one, two] = ['ada', 'org', 'one', 'two'].map(newName) as [string, string, string, string];
const folder = emptyFolder('portolan-commands-');
const file = path.join(folder, 'names.txt');
const ini = path.join(folder, 'ckan.ini');

const lines = new Lines();
const ckan = (...words: string[]) => lines.run(['--data', data, ...words]);

describe('ckan', () => {
  beforeAll(async () => {
    await succeed('organization_create', { name: org });
    for (const name of [one, two]) await succeed('package_create', { name, owner_org: org, title: 'A, "b"' });
    writeFileSync(file, `${one}\n\nnothing-of-the-kind\n${two}\n`);
    writeFileSync(ini, '[app:main]\nckan.site_title = Old\n');
  });
  afterAll(() => {
    lines.close();
    removeFolder(folder);
  });

  // In this order: each line meets what the lines before it have left.
  it.each<[line: string, output: string | RegExp, code?: number]>([
    [`user add ${ada} email=${ada}@people.test password=long-enough`, `Successfully created user: ${ada}\n`],
    [`user add ${ada}2 email`, `Could not parse arg: 'email' (expected "<option>=<value>")\n`, 2],
    [`user add ${ada}2`, /no terminal to ask on; give email=…/, 2],
    [`user add ${ada} email=x password=long-enough`, /not available.*not a valid format/, 1],
    ['user show nobody-of-that-name', 'User: None\n'],
    [`user show ${ada}`, new RegExp(`^User: <User id=\\S+ name=${ada} .*state=active sysadmin=false`)],
    [`user setpass ${ada} -p other-enough`, `Editing user: ${ada}\nPassword updated!\n`],
    [`user remove ${ada}`, `Deleted user: ${ada}\n`],
    [`user activate ${ada}`, `Activated user: ${ada}\n`],
    [`user token list ${ada}`, 'No tokens have been created for user yet\n'],
    ['user token revoke nothing', 'API Token not found\n', 3],
    [`sysadmin add ${ada}`, `Added ${ada} as sysadmin\n`],
    [`sysadmin remove ${ada}`, `Removed ${ada} from sysadmins\n`],
    ['sysadmin remove nobody-of-that-name', 'Error: user "nobody-of-that-name" not found!\n', 3],
    [`org add-member ${org} ${ada} editor`, `${ada} is editor of ${org}\n`],
    [`org members ${org}`, new RegExp(`^${ada} editor$`, 'm')],
    [
      `dataset delete --file ${file}`,
      new RegExp(`${one} active -> deleted\n[^]*${two} active -> deleted\n`),
      1,
    ],
    [`dataset undelete ${one}`, `${one} deleted -> active\n`],
    [
      `dataset export --org ${org} --csv`,
      `name,title,url,state,num_resources\n${[one, two]
        .map((name) => `${name},"A, ""b""",,${name === one ? 'active' : 'deleted'},0\n`)
        .sort()
        .join('')}`,
    ],
    [`dataset purge ${two}`, `${two} purged\n`],
    [`dataset purge ${two}`, `Could not find dataset matching reference: ${two}\n`, 3],
    [`search-index -i rebuild ${one}`, 'Indexing dataset 1/1\n'],
    [`search-index rebuild ${org} -r -e`, 'Indexing dataset 1/1\n'],
    [`search-index rebuild -c ${one}`, /--clear empties the whole index/, 2],
    ['search-index rebuild nobody-of-that-name', "Couldn't find package nobody-of-that-name\n", 3],
    [`search-index show ${one}`, new RegExp(`"name": "${one}"`)],
    [`search-index show ${two}`, `Dataset not found in the search index: ${two}\n`, 3],
    [`search explain name:${one} ${one}`, new RegExp(`^query: name:${one}  \\(1\\)  matches, score`)],
    [`search explain name:${one} --dataset ${two}`, 'Not found: Dataset not found\n', 3],
    ['search-index -v clear-orphans', 'Found 0 orphaned package(s).\n'],
    ['datagovuk reindex-organisations', /^=== Publishers are read from their rows/],
    ['harvester initdb', 'Initialising harvest tables: SUCCESS\n'],
    ['jobs show 999999', 'There is no job with ID "999999"\n', 3],
    ['jobs test', /^Added test job \d+ to queue "default"\n$/],
    ['db upgrade -p harvest', 'Upgrading DB: SUCCESS\n'],
    ['db pending-migrations', 'All plugins are up-to-date\n'],
    ['spatial-validation report', ''],
    ['spatial-validation report nothing', 'Package ref "nothing" not recognised\n', 1],
    ['spatial-validation file /nowhere', 'Filepath /nowhere not found\n', 1],
    ['db downgrade', /only go forward/, 1],
    [`config-tool ${ini} ckan.site_title=New`, 'Edited option ckan.site_title = New\n'],
    ['config search ckan.site_id --with-current', 'ckan.site_id: default\n'],
    ['notify send_emails', 'ckan.activity_streams_email_notifications is not enabled in config\n', 1],
    ['asset build', 'asset: not applicable\n'],
  ])('%s', async (line, output, code = 0) => {
    const answer = await ckan(...line.split(' '));
    if (typeof output === 'string') expect(answer.output).toBe(output);
    else expect(answer.output).toMatch(output);
    expect(answer.code).toBe(code);
  });
});
