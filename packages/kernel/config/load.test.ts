import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { declarations } from './declarations.ts';
import { loadConfig, siteVariables } from './load.ts';
import { ConfigError } from './problem.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'portolan-ini-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function ini(content: string): string {
  const file = path.join(folder, `${++files}.ini`);
  writeFileSync(file, content);
  return file;
}

function problems(source: Parameters<typeof loadConfig>[0]): string[] {
  try {
    loadConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has its defaults when nothing is set', () => {
    const config = loadConfig({ env: {} });
    expect(config.port).toBe(5000);
    expect(config.hideActivityFrom).toEqual(['default']);
  });

  it('reads a ckan.ini: its section, continued lines, references and comments', () => {
    const file = ini(
      '[server:main]\nport = 1\n[app:main]\n# a comment\nckan.site_id = tea\nckan.site_url = https://tea.example/\n' +
        'ckan.plugins = activity\n  datastore\nckan.hide_activity_from_users = %(ckan.site_id)s\nckan.storage_path=%(here)s/x\n',
    );
    const config = loadConfig({ env: {}, file });
    expect(config).toMatchObject({
      siteId: 'tea',
      siteUrl: 'https://tea.example',
      plugins: ['activity', 'datastore'],
      hideActivityFrom: ['tea'],
      storagePath: path.join(path.dirname(file), 'x'),
    });
  });

  it('lets the environment win over the file, and overrides over both', () => {
    const file = ini(
      '[app:main]\nckan.site_title = file\nckan.site_description = file\nckan.search.rows_max = 1',
    );
    const config = loadConfig({
      env: { CKAN_SITE_TITLE: 'environment', CKAN__SITE_DESCRIPTION: 'envvars', CKAN_SEARCH_ROWS_MAX: '2' },
      file,
      overrides: { 'ckan.search.rows_max': '3' },
    });
    expect(config).toMatchObject({ siteTitle: 'environment', siteDescription: 'envvars', searchRowsMax: 3 });
  });

  it('tells what is set of the site from what a process has for itself', () => {
    const site = {
      OPENSEARCH_ALIAS: 'tea',
      PORTOLAN_PROFILE: 'datagovuk',
      CKAN__SITE_ID: 'dgu',
      CKAN___SEARCH__FACETS__LIMIT: '7',
      CKAN_INI: '/etc/ckan.ini',
    };
    const process = {
      PORT: '80',
      LOG_LEVEL: 'debug',
      PORTOLAN_SERVICES: 'api',
      HOME: '/root',
      SMTP_USER: undefined,
    };
    expect(siteVariables({ ...site, ...process })).toEqual(site);
  });

  it('accepts what CKAN and its extensions have and this portal has no use for', () => {
    expect(
      problems({
        env: {},
        file: ini('[app:main]\nckanext.pages.editor = medium\nbeaker.session.key = ckan'),
      }),
    ).toEqual([]);
  });

  it.each([
    [
      { PORT: 'five' },
      'environment variable PORT: portolan.port is "five", but has to be a whole number from 0 to 65535',
    ],
    [
      { PORTOLAN_ALLOW_REST: '1' },
      'environment variable PORTOLAN_ALLOW_REST: there is no such setting; did you mean PORTOLAN_ALLOW_RESET?',
    ],
    [
      { DATABASE_URL: 'mysql://x:secret@y/z' },
      'environment variable DATABASE_URL: sqlalchemy.url is …, but has to be an address that starts with postgres:// or postgresql://',
    ],
    [
      { PORTOLAN_ALLOW_RESET: 'maybe' },
      'environment variable PORTOLAN_ALLOW_RESET: portolan.allow_reset is "maybe", but has to be true or false',
    ],
  ])('refuses %j and says what to fix', (env, problem) => {
    expect(problems({ env })).toEqual([problem]);
  });

  it.each([
    [{ CKAN_HARVEST_MQ_HOSTNAME: 'mq.example' }, 'redis://mq.example:6379/0'],
    [
      {
        REDIS_URL: 'redis://elsewhere/1',
        CKAN_HARVEST_MQ_HOSTNAME: '::1',
        CKAN_HARVEST_MQ_PORT: '6380',
        CKAN_HARVEST_MQ_REDIS_DB: '3',
        CKAN_HARVEST_MQ_PASSWORD: 'a/b@c',
      },
      'redis://:a%2Fb%40c@[::1]:6380/3',
    ],
    [{ REDIS_URL: 'redis://elsewhere/1', CKAN_HARVEST_MQ_PORT: '6380' }, 'redis://elsewhere/1'],
    [{ CKAN_HARVEST_MQ_TYPE: 'redis' }, undefined],
  ])('has of %j the Redis of the queues', (env, address) => {
    expect(loadConfig({ env }).redisUrl).toBe(address);
  });

  it.each([
    ['amqp', 'redis: the queues are on Redis or in PostgreSQL, RabbitMQ is not supported'],
    ['ampq', 'redis: the queues are on Redis or in PostgreSQL, RabbitMQ is not supported'],
    ['smoke', 'redis: not a valid queue type smoke'],
  ])('has no queues of type %s', (type, wanted) => {
    expect(problems({ env: { CKAN_HARVEST_MQ_TYPE: type } })).toEqual([
      `environment variable CKAN_HARVEST_MQ_TYPE: ckan.harvest.mq.type is "${type}", but has to be ${wanted}`,
    ]);
  });

  it('takes a choice in whatever case', () => {
    expect(loadConfig({ env: { CKAN_HARVEST_LOG_LEVEL: 'WARNING' } }).harvestLogLevel).toBe('warning');
  });

  it('names the line of a wrong setting in a file, all of them at once', () => {
    const file = ini('[app:main]\nckan.hide_version = perhaps\n\nportolan.log_levle = info\n');
    expect(problems({ env: {}, file })).toEqual([
      `${file}, line 2: ckan.hide_version is "perhaps", but has to be true or false`,
      `${file}, line 4: there is no setting portolan.log_levle; did you mean portolan.log_level?`,
    ]);
  });

  it('says that a file is not there', () => {
    expect(problems({ env: { CKAN_INI: '/nowhere/ckan.ini' } })).toEqual([
      '/nowhere/ckan.ini: there is no such file',
    ]);
  });

  it('has no name twice and a meaning for each', () => {
    const names = Object.values(declarations).flatMap(({ key, aliases }) => [key, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const { meaning } of Object.values(declarations)) expect(meaning).toMatch(/\S.{8,}\.$/);
  });
});
