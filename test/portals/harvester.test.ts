import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newName, succeed } from '../acceptance/client.ts';
import { Lines } from './lines.ts';

const data = inject('data');
const [org, feed] = ['org', 'feed'].map(newName) as [string, string];
const lines = new Lines();
/** It has no listing, and says so at once: of a server that is away it is hoped that it comes back. */
const remote = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
await once(remote, 'listening');
const url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}/data.json`;
const harvester = (line: string) => lines.run(['--data', data, 'harvester', ...line.split(' ')]);
const counts = 'create: 0, update: 0, unchanged: 0, delete: 0, error: 0';
const unread = 'The listing was not read to its end: nothing would be deleted\n';
const block = (frequency: string, active = 'True') =>
  `Source id: \\S+\n\tname: ${feed}\n\turl: ${url}\n\ttype: dcat_json\n\tactive: ${active}\n\tfrequency: ${frequency}\n\tjobs: \\d+\n\n`;

describe('ckan harvester', () => {
  beforeAll(() => succeed('organization_create', { name: org }));
  afterAll(() => {
    lines.close();
    remote.close();
  });

  // In this order: each line meets what the lines before it have left.
  it.each<[line: string, output: string | RegExp, code?: number]>([
    [
      `source create ${feed} ${url} dcat_json Feed true ${org} WEEKLY`,
      new RegExp(`^Created new harvest source:\n${block('WEEKLY')}There (is 1|are \\d+) harvest sources?\n$`),
    ],
    [
      `source create ${feed} ${url} nothing`,
      /^Validation error:\n\tname: That URL is already in use\.\n\towner_org: An organization must be provided\n\tsource_type: Unknown harvester type: nothing\. Registered types: \[/,
      1,
    ],
    [`source show ${feed}`, new RegExp(`^${block('WEEKLY')}$`)],
    [`source show ${feed} --json`, new RegExp(`^\\{.*"name":"${feed}".*\\}\n$`)],
    ['sources --json', new RegExp(`"name":"${feed}"`)],
    [`jobs ${feed} --json`, ''],
    [`jobs ${feed}`, 'There are 0 harvest jobs\n'],
    ['jobs nobody', 'Source nobody not found.\n', 1],
    [`report ${feed}`, 'Error: source has no jobs\n', 1],
    ['report nobody', 'Job not found.\n', 1],
    [`deletions ${feed} --json`, ''],
    ['source show nobody', 'Source nobody not found.\n', 1],
    ['sources', new RegExp(`${block('WEEKLY')}[^]*There (is 1|are \\d+) active harvest sources?\n$`)],
    ['sources all', /There (is 1|are \d+) harvest sources?\n$/],
    [`source freeze ${feed} --reason moving`, `Frozen harvest source: ${feed}\n`],
    [`job ${feed}`, 'Harvest source is frozen: moving\n', 1],
    [`source unfreeze ${feed}`, `Unfrozen harvest source: ${feed}\n`],
    ['job nobody', 'Source nobody not found.\n', 1],
    [`preview ${feed}`, new RegExp(`^gather error: Could not get content from .*\n${counts}\n${unread}$`)],
    [`preview ${feed} --json`, /^\{"summary":\{"create":0,.*"complete":false,"held":false\}\}\n$/],
    [`preview ${feed} --limit x`, '--limit wants a number from 1 on\n', 2],
    ['preview', "missing required argument 'id_or_name'\n", 2],
    ['preview nobody', 'Source nobody not found.\n', 1],
    ['preview nobody --no-wait', 'Source nobody not found.\n', 1],
    [`preview ${feed} --show`, 'Preview not found.\n', 1],
    [`preview ${feed} --no-wait`, new RegExp(`^Preview \\S+: (waiting|running|finished), ${counts}\n$`)],
    [`preview ${feed} --no-wait --limit 7`, /^Preview \S+: (waiting|running|finished), create: 0/],
    [`preview ${feed} --abort`, /^Preview \S+: (aborted|finished), create: 0/],
    [`run-test ${feed} --dry-run`, new RegExp(`^gather error: .*\n${counts}\n${unread}$`)],
    [`deletions ${feed}`, 'There are 0 held deletions\n'],
    ['deletions', /There (is 1|are \d+) held deletions?\n$/],
    [`deletions-release ${feed} --dry-run`, 'Deletions to release: 0\n'],
    [`deletions-release ${feed}`, 'Released deletions: 0\n'],
    [`deletions-dismiss ${feed}`, 'Dismissed deletions: 0\n'],
    ['deletions-release nobody', 'Job not found.\n', 1],
    ['jobs', /There (is 1|are \d+) harvest jobs?\n$/],
    ['job-abort nobody', 'Job not found.\n', 1],
    ['abort-failed-jobs', 'There is no jobs to abort\n'],
    ['abort-failed-jobs 3 --include nobody --exclude nobody', 'There is no jobs to abort\n'],
    ['run', ''],
    ['run-test nobody', 'Source nobody not found.\n', 1],
    [`import ${feed}`, '0 objects reimported\n'],
    ['import nobody', 'Source nobody not found.\n', 1],
    ['import -g nothing -o nothing -p nothing -j --segments 01', '0 objects reimported\n'],
    [`source clear-history ${feed} -k true`, `Cleared job history of harvest source: ${feed}\n`],
    [`source clear ${feed}`, `Cleared harvest source: ${feed}\n`],
    ['reindex', ''],
    ['clean-harvest-log', ''],
    ['harvesters_info', /^\[\{'name': 'ckan', 'title': 'CKAN', /],
    ['status', /^running: \d+, waiting: \d+, working: \d+, stalled: 0\n/m],
    [`source remove ${feed}`, `Removed harvest source: ${feed}\n`],
    [`rmsource ${feed}`, `Removed harvest source: ${feed}\n`],
    [`source show ${feed}`, new RegExp(`^${block('WEEKLY', 'False')}$`)],
    [`job ${feed}`, 'Can not create jobs on inactive sources\n', 1],
    ['nothing-of-the-kind', /unknown command 'nothing-of-the-kind'/, 2],
    ['job', /missing required argument/, 2],
  ])('%s', async (line, output, code = 0) => {
    const answer = await harvester(line);
    if (typeof output === 'string') expect(answer.output).toBe(output);
    else expect(answer.output).toMatch(output);
    expect(answer.code).toBe(code);
  });
});
