import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dispatch, findAction, type Site } from '@portolan/catalogue';
import { claimPort } from '@portolan/embedded/port';
import { runWholeJob } from '@portolan/harvest';
import { loadConfig, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine } from '@portolan/search';
import { harvestSite, siteFetcher } from '@portolan/service-harvester';
import { diskStore } from '@portolan/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../harness/database.ts';

const recordings = '../shared/recordings';
const tool = `${recordings}/tool-harvest/serve`;

interface Run {
  url: string;
  stats: unknown;
  gather_errors: string[];
  objects: HarvestedObject[];
  datasets: Record<string, unknown>[];
}

interface HarvestedObject {
  guid: string;
  state: string;
  report_status: string;
  current: boolean;
  dataset: string | null;
  errors: [stage: string, message: string][];
}

/** Made up by whoever serves the answer. */
const own = new Set([
  'id',
  'package_id',
  'revision_id',
  'creator_user_id',
  'owner_org',
  'metadata_created',
  'metadata_modified',
  'created',
  'harvest_object_id',
  'harvest_source_id',
  'harvest_job_id',
]);

function normal(value: unknown, words: [string, string][], key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item, words));
    if (!['extras', 'tags', 'groups'].includes(key)) return items;
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    const dict = Object.fromEntries(
      entries.map(([name, item]) => [
        name,
        own.has(name) && item !== null ? '{own}' : normal(item, words, name),
      ]),
    );
    return own.has(String(dict['key'])) ? { ...dict, value: '{own}' } : dict;
  }
  return typeof value === 'string'
    ? words.reduce((text, [from, to]) => text.replaceAll(from, to), value)
    : value;
}

/** Runs after which CKAN showed datasets as they were indexed before their record became current. */
const staleRuns = new Set(['dcat-rdf 2']);

function withProvenance(dataset: Record<string, unknown>, run: string): Record<string, unknown> {
  if (!staleRuns.has(run)) return dataset;
  const missing = ['harvest_object_id', 'harvest_source_id', 'harvest_source_title'];
  const added = missing.map((key) => ({ key, value: key === 'harvest_source_title' ? 'Source' : '{own}' }));
  return { ...dataset, extras: [...(dataset['extras'] as object[]), ...added] };
}

interface Wanted {
  /** Of the source, in place of the recorded one. */
  config?: object;
  /** What is there besides what CKAN made. */
  added?(dataset: Record<string, unknown>): Record<string, unknown>;
}

describe.skipIf(!existsSync(tool))('what CKAN’s harvesters made of the same documents', () => {
  let server: ChildProcess;
  let documents: string;
  let site: Site;
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-goldens-'));

  beforeAll(async () => {
    const { port } = await claimPort();
    documents = `http://127.0.0.1:${port}`;
    server = spawn(tool, ['--port', String(port)], { stdio: 'ignore' });
    const { db } = await testDatabase();
    const env = {
      PORTOLAN_FETCH_ALLOW: `127.0.0.1:${port}`,
      SECRET_KEY: 'of the tests',
      CKAN___CKAN__PLUGINS: '',
    };
    const { CKAN___CKAN__PLUGINS: _, ...rest } = env;
    const config = loadConfig({ env: rest, overrides: { 'ckan.plugins': 'activity datastore' } });
    site = {
      config,
      runtime: systemRuntime,
      db,
      search: postgresEngine(),
      files: diskStore(folder),
      mailer: noMailer,
      gate: { closed: false },
      logger: silentLogger,
      version: '2.11.5',
    };
    await db.rows(
      `INSERT INTO "user" (id, name, state, sysadmin) VALUES ('11111111-1111-4111-8111-111111111111', 'admin', 'active', true)`,
    );
    await call('organization_create', { name: 'harvested', title: 'Harvested' });
    await answering(documents);
  });

  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  async function call(name: string, params: Record<string, unknown>): Promise<any> {
    const action = findAction(name);
    if (!action) throw new Error(`There is no action ${name}`);
    const [user] = await site.db.rows<NonNullable<Parameters<typeof dispatch>[2]['user']>>(
      `SELECT id, name, sysadmin, state, email, fullname FROM "user" WHERE name = 'admin'`,
    );
    const answer = await dispatch(site, action, { user }, params);
    return JSON.parse(JSON.stringify(answer)) as unknown;
  }

  it.each([
    'ckan',
    'dcat-json',
    'dcat-rdf',
    'single-doc',
    'single-bad',
    'waf-apache',
    'waf-validation',
    'waf-eden',
  ])('%s', (name) => compare(name));

  it('dcat-json, with what CKAN leaves out', () =>
    compare('dcat-json', {
      config: { additions: true },
      added: (dataset) => ({
        ...dataset,
        extras: [
          { key: 'dcat_theme', value: '["Environment, Property & Land"]' },
          ...(dataset['extras'] as object[]),
        ],
        isopen: true,
        license_id: 'uk-ogl',
        license_title: 'UK Open Government Licence (OGL)',
        license_url: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
      }),
    }));

  async function compare(name: string, { config, added = (dataset) => dataset }: Wanted = {}): Promise<void> {
    const golden = JSON.parse(readFileSync(`${recordings}/harvest-results/${name}.json`, 'utf8')) as {
      type: string;
      runs: Run[];
    };
    const configs = JSON.parse(readFileSync(`${recordings}/tool-harvest/sources.json`, 'utf8')) as Record<
      string,
      { config?: object }
    >;
    const fetcher = siteFetcher(site);
    const harvester = harvestSite(site, fetcher);
    let source: string | undefined;
    for (const [number, run] of golden.runs.entries()) {
      const url = run.url.replace('{documents}', documents);
      const about = {
        name: `source-${name}${config ? '-whole' : ''}`,
        title: 'Source',
        url,
        source_type: golden.type,
        owner_org: 'harvested',
        config: JSON.stringify(config ?? configs[name]?.config ?? {}),
      };
      source = (
        await call(
          source ? 'harvest_source_update' : 'harvest_source_create',
          source ? { id: source, ...about } : about,
        )
      ).id as string;
      const job = (await call('harvest_job_create', { source_id: source, run: false })).id as string;
      await runWholeJob(harvester, job, new AbortController().signal);
      const shown = await call('harvest_job_show', { id: job });
      expect(shown.status).toBe('Finished');
      expect(shown.stats).toEqual(run.stats);
      const report = await call('harvest_job_report', { id: job });
      expect(report.gather_errors).toEqual(run.gather_errors);
      expect(await outcome(source, job)).toEqual({
        objects: run.objects,
        datasets: run.datasets.map((dataset) =>
          normal(added(withProvenance(dataset, `${name} ${number + 1}`)), []),
        ),
      });
    }
    // The next one starts on a catalogue without them.
    await call('harvest_source_clear', { id: source });
    await fetcher.close();
  }

  async function outcome(source: string, job: string) {
    const rows = await site.db.rows<HarvestedObject>(
      `SELECT o.guid, o.state, o.report_status, o.current, p.name AS dataset,
              (SELECT coalesce(jsonb_agg(jsonb_build_array(e.stage, e.message) ORDER BY e.stage, e.message COLLATE "C"), '[]')
               FROM harvest_object_error e WHERE e.harvest_object_id = o.id) AS errors
       FROM harvest_object o LEFT JOIN package p ON p.id = o.package_id WHERE o.harvest_job_id = $1 ORDER BY o.guid`,
      [job],
    );
    const objects = rows
      .map((row) => (/^[0-9a-f]{32}$/.test(row.guid) ? { ...row, guid: '{md5}' } : row))
      .sort((a, b) => (JSON.stringify([a.guid, a.errors]) < JSON.stringify([b.guid, b.errors]) ? -1 : 1));
    const names = await site.db.rows<{ name: string }>(
      `SELECT DISTINCT p.name FROM harvest_object o JOIN package p ON p.id = o.package_id WHERE o.harvest_source_id = $1 ORDER BY p.name`,
      [source],
    );
    const datasets: unknown[] = [];
    const words: [string, string][] = [
      [documents, '{documents}'],
      [site.config.siteUrl, '{site}'],
    ];
    for (const { name } of names) {
      const answer = (await call('package_show', { id: name })) as { text: string };
      datasets.push(normal(JSON.parse(answer.text), words));
    }
    return { objects, datasets };
  }
});

/** Waits until the document server, which is another process, has opened its port. */
async function answering(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const { connect } = await import('node:net');
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(true)).on('error', () => resolve(false));
      socket.unref();
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
