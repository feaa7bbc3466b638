import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { catalogueWriter } from '../catalogue_writer.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { harvestBench } from '../testing/harvest_bench.ts';
import { type Listing, listedDriver } from '../testing/listed_driver.ts';
import type { HarvesterCli } from './context.ts';
import {
  abortJobCommand,
  createJobCommand,
  listJobsCommand,
  purgeQueuesCommand,
  runTestCommand,
} from './job_commands.ts';
import { freezeSourceCommand, releaseDeletionsCommand, unfreezeSourceCommand } from './operator_commands.ts';
import { reportCommand } from './report_command.ts';
import {
  createSourceCommand,
  listSourcesCommand,
  removeSourceCommand,
  showSourceCommand,
} from './source_commands.ts';
import { statusCommand } from './status_command.ts';
import {
  abortFailedCommand,
  clearHistoryCommand,
  clearSourceCommand,
  createAllJobsCommand,
  reimportCommand,
} from './upkeep_commands.ts';
import { documentFindings, invalidRecords } from './validation_commands.ts';

let test: TestSite;
let cli: HarvesterCli;
let organization: string;
const listing: Listing = { records: [], pageSize: 10, complete: true };

beforeAll(async () => {
  test = await testSite();
  ({ id: organization } = (await test.must('organization_create', { name: 'rivers' })) as { id: string });
  const bench = harvestBench(test.site.db, [{ ...listedDriver(listing), name: 'ckan' }], {
    writer: catalogueWriter(test.site),
  });
  cli = { site: test.site, harvest: { ...bench.site, enqueue: enqueueHarvest } };
});

let made = 0;
async function newSource(fields: { type?: string; active?: boolean; frequency?: string } = {}) {
  const name = `feed-${made++}`;
  const own = { name, url: `http://remote.test/${name}`, type: 'ckan', ownerOrg: organization, ...fields };
  const lines = await createSourceCommand(cli, own);
  return { name, url: own.url, id: lines[1]?.replace('Source id: ', '') ?? '', lines };
}

const options = () => ({ signal: new AbortController().signal });
async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const both = { days: undefined, include: undefined, exclude: undefined };

describe('a source', () => {
  it('is told as a block, and all of them are counted', async () => {
    await newSource({ active: false });
    const { id, name, url, lines } = await newSource();
    const block = [
      ...[`Source id: ${id}`, `\tname: ${name}`, `\turl: ${url}`, '\ttype: ckan', '\tactive: True'],
      ...['\tfrequency: MANUAL', '\tjobs: 0', ''],
    ];
    const everything = await listSourcesCommand(cli, { all: true });
    expect(lines).toEqual(['Created new harvest source:', ...block, everything.at(-1)]);
    expect(everything.at(-1)).toMatch(/^There are [2-9]\d* harvest sources$/);
    expect((await listSourcesCommand(cli, { all: false })).at(-1)).toMatch(/ active harvest sources?$/);
    expect(await showSourceCommand(cli, name)).toEqual(block);
    expect(await showSourceCommand(cli, id)).toEqual(block);
  });

  it('is told in JSON as the API tells it', async () => {
    const { id, name } = await newSource();
    const [json] = await showSourceCommand(cli, name, { json: true });
    expect(JSON.parse(json ?? '')).toMatchObject({ id, name, status: { job_count: 0 } });
    expect(await listSourcesCommand(cli, { all: true, json: true })).toContain(json);
  });

  it('that is not valid is refused field by field', async () => {
    const refused = createSourceCommand(cli, { name: 'Not a name', url: '', type: 'nothing' });
    await expect(refused).rejects.toThrow(/^Validation error:\n(\t\w+: .+\n?)+$/);
  });

  it('without a frequency is harvested at once', async () => {
    const { lines } = await newSource({ frequency: '' });
    expect(lines.at(-1)).toMatch(/^A new Harvest Job for this source has also been created/);
  });

  it('is found by its name wherever its id would be, and missed with a sentence', async () => {
    const { name } = await newSource();
    expect(await freezeSourceCommand(cli, name, 'x')).toEqual([`Frozen harvest source: ${name}`]);
    expect(await showSourceCommand(cli, name)).toContain('\tfrozen: x');
    await expect(createJobCommand(cli, name)).rejects.toThrow('Harvest source is frozen: x');
    expect(await unfreezeSourceCommand(cli, name)).toEqual([`Unfrozen harvest source: ${name}`]);
    expect(await clearHistoryCommand(cli, name, { current: true })).toEqual([
      `Cleared job history of harvest source: ${name}`,
    ]);
    expect(await clearSourceCommand(cli, name)).toEqual([`Cleared harvest source: ${name}`]);
    expect(await reimportCommand(cli, { source: name, joinDatasets: true })).toEqual([
      '0 objects reimported',
    ]);
    expect(await removeSourceCommand(cli, name)).toEqual([`Removed harvest source: ${name}`]);
    expect(await showSourceCommand(cli, name)).toContain('\tactive: False');
    for (const command of [
      showSourceCommand,
      removeSourceCommand,
      clearSourceCommand,
      createJobCommand,
      (at: HarvesterCli, reference: string) => runTestCommand(at, reference, options()),
      (at: HarvesterCli, source: string) => reimportCommand(at, { source, joinDatasets: true }),
    ])
      await expect(command(cli, 'nowhere')).rejects.toThrow(/^Source nowhere not found\.$/);
  });
});

describe('a job', () => {
  it('is told as a block, refused when one is pending, and aborted by id or source', async () => {
    const { id, name } = await newSource();
    const lines = await createJobCommand(cli, name);
    const job = lines[0]?.replace('\tJob id: ', '') ?? '';
    expect(lines).toEqual([
      ...[`\tJob id: ${job}`, '\t\tstatus: Running', `\t\tsource: ${id}`, '\t\tobjects: 0'],
      ...['\t\tgather_errors: 0', '', 'There are 0 new harvest jobs'],
    ]);
    await expect(createJobCommand(cli, id)).rejects.toThrow('There already is an unrun job for this source');
    expect(await listJobsCommand(cli)).toContain(`\tJob id: ${job}`);
    expect(await abortJobCommand(cli, job)).toEqual(['Job status: Finished']);
    await createJobCommand(cli, name);
    expect(await abortJobCommand(cli, name)).toEqual(['Job status: Finished']);
    await expect(abortJobCommand(cli, 'nothing')).rejects.toThrow(/^Job not found\.$/);
    await expect(releaseDeletionsCommand(cli, 'nothing')).rejects.toThrow(/^Job not found\.$/);
  });

  it('is made of every source that has none, and ends with the queues', async () => {
    const { name } = await newSource();
    expect((await createAllJobsCommand(cli))[0]).toMatch(/^Created \d+ new harvest jobs$/);
    await expect(createJobCommand(cli, name)).rejects.toThrow('unrun job');
    expect((await purgeQueuesCommand(cli))[0]).toMatch(/^Purged the queues: \d+ running jobs? ended$/);
    expect(await clearHistoryCommand(cli, undefined, { current: false })).toEqual([
      expect.stringMatching(/^Cleared job history for all harvest sources: \d+ source\(s\)$/),
    ]);
  });

  it('that is too old is ended, unless its source is left out by id or name', async () => {
    const { name, id } = await newSource();
    await createJobCommand(cli, name);
    await test.site.db.rows(
      `UPDATE harvest_job SET created = created - interval '8 days' WHERE source_id = $1`,
      [id],
    );
    const none = ['There is no jobs to abort'];
    expect(await abortFailedCommand(cli, { ...both, exclude: name })).toEqual(none);
    expect(await abortFailedCommand(cli, { ...both, include: 'another' })).toEqual(none);
    expect(await abortFailedCommand(cli, { ...both, days: '9', include: name })).toEqual(none);
    expect(await abortFailedCommand(cli, { ...both, include: `x, ${name}`, exclude: id })).toEqual([
      'Done. Aborted jobs: 1',
    ]);
  });

  it('shows in the status until it has ended, and when it shows no life', async () => {
    const { name, id } = await newSource();
    await createJobCommand(cli, name);
    expect((await statusCommand(cli, { json: false }))[0]).toContain(`\t${name}\tgather\t0 waiting`);
    await test.site.db.rows(
      `UPDATE harvest_job SET created = created - interval '3 minutes' WHERE source_id = $1`,
      [id],
    );
    const [json] = await statusCommand(cli, { json: true });
    expect(JSON.parse(json ?? '')).toMatchObject({ stalled: 1, running: [{ source: name, stalled: true }] });
    await abortJobCommand(cli, name);
    expect(await statusCommand(cli, { json: false })).toEqual([
      'running: 0, waiting: 0, working: 0, stalled: 0',
      expect.stringMatching(/^records per second: \d+\.\d, oldest waits since: -$/),
    ]);
  });
});

describe('a report', () => {
  it('has the outcomes of a job, or of the newest of a source, and what is wrong with each record', async () => {
    const { name, id: source } = await newSource();
    await expect(reportCommand(cli, name)).rejects.toThrow('source has no jobs');
    await expect(reportCommand(cli, 'nothing')).rejects.toThrow(/^Job not found\.$/);
    listing.records = [{ guid: 'good' }, { guid: 'bad', fails: 'driver' }];
    await runTestCommand(cli, name, options());
    const [line] = await listJobsCommand(cli, { source: name, json: true });
    const { id } = JSON.parse(line ?? '');
    const report = await reportCommand(cli, name);
    expect(report).toEqual(await reportCommand(cli, id));
    expect(report.slice(0, 3)).toEqual([`\tJob id: ${id}`, '\t\tstatus: Finished', `\t\tsource: ${source}`]);
    expect(report.slice(6)).toEqual([
      'added: 1, updated: 0, not modified: 0, errored: 1, deleted: 0',
      expect.stringMatching(/^bad\thttp:.*\/bad$/),
      '\tValidation: No good record',
    ]);
    const [json] = await reportCommand(cli, name, { json: true });
    expect(Object.values(JSON.parse(json ?? '').object_errors)).toMatchObject([{ guid: 'bad' }]);
    expect((await listJobsCommand(cli, { source: name })).at(-1)).toBe('There is 1 harvest job');
    await expect(listJobsCommand(cli, { source: 'nowhere' })).rejects.toThrow('Source nowhere not found.');
  });
});

describe('run-test', () => {
  it('harvests for real in this process, tells its job, and takes up one that is new', async () => {
    const { name, id } = await newSource();
    listing.records = [{ guid: 'run-1' }, { guid: 'run-2' }];
    const lines = await runTestCommand(cli, name, options());
    expect(lines.slice(1, 4)).toEqual(['\t\tstatus: Finished', `\t\tsource: ${id}`, '\t\tobjects: 2']);
    test.clock.now += 1000; // The newest job is told by its time.
    const { id: fresh } = (await test.must('harvest_job_create', { source_id: id, run: false })) as {
      id: string;
    };
    const [json] = await runTestCommand(cli, id, { ...options(), json: true });
    expect(JSON.parse(json ?? '')).toMatchObject({
      id: fresh,
      status: 'Finished',
      stats: { 'not modified': 2 },
    });
  });

  it('imports only the records that are named; the others wait for anybody', async () => {
    const { name, id } = await newSource();
    listing.records = [{ guid: 'one' }, { guid: 'two' }];
    await runTestCommand(cli, name, { ...options(), forceImport: 'two' });
    const objects = await test.site.db.rows(
      `SELECT guid, state, report_status, retry_times, claimed_by FROM harvest_object o
       LEFT JOIN portolan.harvest_work w ON w.object_id = o.id WHERE harvest_source_id = $1 ORDER BY guid`,
      [id],
    );
    expect(objects).toEqual([
      { guid: 'one', state: 'WAITING', report_status: null, retry_times: 0, claimed_by: null },
      { guid: 'two', state: 'COMPLETE', report_status: 'added', retry_times: 1, claimed_by: null },
    ]);
  });

  it('asks before it ends a job that runs', async () => {
    const { name } = await newSource();
    await createJobCommand(cli, name);
    await expect(runTestCommand(cli, name, options())).rejects.toThrow(
      /^There already is a Running|^There is/,
    );
    listing.records = [{ guid: 'after' }];
    const [json] = await runTestCommand(cli, name, { ...options(), abortRunning: true, json: true });
    expect(JSON.parse(json ?? '')).toMatchObject({ status: 'Finished', stats: { added: 1 } });
  });
});

it('names the spatial records that do not validate', async () => {
  const { name, id } = await newSource({ type: 'waf' });
  listing.records = [{ guid: 'valid' }, { guid: 'invalid' }];
  await runTestCommand(
    { ...cli, harvest: { ...cli.harvest, drivers: [{ ...listedDriver(listing), name: 'waf' }] } },
    name,
    options(),
  );
  const store = (guid: string, content: string) =>
    test.site.db.rows(`UPDATE harvest_object SET content = $3 WHERE harvest_source_id = $1 AND guid = $2`, [
      id,
      guid,
      content,
    ]);
  await store('valid', isoRecord());
  await store('invalid', isoRecord().replace('<gmd:language>', '<gmd:tongue/><gmd:language>'));
  const found = await all(invalidRecords(cli));
  expect(found).toMatchObject([{ source: name, guid: 'invalid' }]);
  expect(found[0]?.findings.join()).toContain('tongue');
  expect(await all(invalidRecords(cli, found[0]?.dataset))).toEqual(found);
  await expect(all(invalidRecords(cli, 'nowhere'))).rejects.toThrow('not recognised');
});

it.each([
  ['valid', isoRecord(), []],
  [
    'in UTF-16 and invalid',
    Buffer.from(`\ufeff${isoRecord().replace('<gmd:language>', '<gmd:tongue/><gmd:language>')}`, 'utf16le'),
    [expect.stringContaining('Error'), expect.stringContaining('tongue')],
  ],
  ['no record', '<html><body/></html>', ['There is no gmd:MD_Metadata in it']],
  ['cut off', '<gmd:MD_Metadata', [expect.any(String)]],
  ['no XML', 'sorry', ['It is not XML']],
])('tells of a document that it is %s', (_, text, findings) => {
  expect(documentFindings(Buffer.from(text as string), ['iso19139'])).toEqual(findings);
});
