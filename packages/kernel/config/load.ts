import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { declarations } from './declarations.ts';
import { parseIni } from './ini.ts';
import { type Option, WrongValue } from './option.ts';
import { ConfigError } from './problem.ts';

export type Config = {
  readonly [Name in keyof typeof declarations]: (typeof declarations)[Name] extends Option<infer Value>
    ? Value
    : never;
};

export interface ConfigSource {
  env: Record<string, string | undefined>;
  /** A `ckan.ini`; `CKAN_INI` names one when this does not. */
  file?: string;
  /** Settings that win over file and environment: `key -> value`, as `portolan reset --settings` gives. */
  overrides?: Record<string, string>;
}

type Name = keyof typeof declarations;

const entries = Object.entries(declarations) as [Name, Option<unknown>][];
const byKey = new Map<string, Name>();
for (const [name, { key, aliases }] of entries) for (const one of [key, ...aliases]) byKey.set(one, name);

/** `ckan.site_url` is set by `CKAN_SITE_URL` and, as ckanext-envvars has it, by `CKAN__SITE_URL`. */
function environmentNames({ key, env }: Option<unknown>): string[] {
  const upper = key.toUpperCase();
  const plain = upper.replace(/[.-]/g, '_');
  const envvars = `${upper.startsWith('CKAN.') ? '' : 'CKAN___'}${upper.replaceAll('.', '__')}`;
  return [...new Set([...(env ? [env] : []), plain, envvars])];
}

/** What each process has for itself: a command beside a portal listens nowhere, and logs as its own shell wants. */
const ofOneProcess = new Set<Name>(['host', 'port', 'logLevel', 'poolSize', 'services']);

/** Of variables those that set something of the site, which all its processes and commands have to read alike. */
export function siteVariables(env: Record<string, string | undefined>): Record<string, string> {
  const names = new Set(['CKAN_INI']);
  for (const [name, option] of entries)
    if (!ofOneProcess.has(name)) for (const variable of environmentNames(option)) names.add(variable);
  const set = Object.entries(env).filter(([name, value]) => names.has(name) && value !== undefined);
  return Object.fromEntries(set) as Record<string, string>;
}

/** Settings of CKAN, its server and other extensions that this portal has no use for. */
const foreign = /^(?!portolan\.)/;

/**
 * Reads the whole configuration once. File, then environment, then overrides; the later wins.
 * @throws ConfigError that lists every unknown or wrong setting with the line to fix.
 */
export function loadConfig(source: ConfigSource): Config {
  const problems: string[] = [];
  const values = new Map<Name, unknown>(entries.map(([name, option]) => [name, option.default]));
  const take = (name: Name, value: string, where: string) => {
    const option = declarations[name] as Option<unknown>;
    try {
      values.set(name, option.parse(value));
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      const shown = option.secret ? '…' : JSON.stringify(value);
      problems.push(`${where}: ${option.key} is ${shown}, but has to be ${error.message}`);
    }
  };

  const file = source.file ?? source.env['CKAN_INI'];
  if (file !== undefined && file !== '') readFile(file, take, problems);
  for (const [name, option] of entries)
    for (const variable of environmentNames(option)) {
      const value = source.env[variable];
      if (value !== undefined) take(name, value, `environment variable ${variable}`);
    }
  for (const variable of unknownVariables(source.env))
    problems.push(`environment variable ${variable}: there is no such setting${suggestion(variable)}`);
  for (const [key, value] of Object.entries(source.overrides ?? {})) {
    const name = byKey.get(key);
    if (name !== undefined) take(name, value, `setting ${key}`);
    else if (!foreign.test(key)) problems.push(`setting ${key}: there is no such setting`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const config = Object.fromEntries(values) as Config;
  return {
    ...config,
    redisUrl: queueAddress(config) ?? config.redisUrl,
    hideActivityFrom: config.hideActivityFrom.map((one) => one.replace('%(ckan.site_id)s', config.siteId)),
  };
}

/** The Redis of ckanext-harvest's queues, which may be another than CKAN's. */
function queueAddress({ queueHost, queuePort, queueDatabase, queuePassword }: Config): string | undefined {
  if (queueHost === undefined) return undefined;
  const host = queueHost.includes(':') ? `[${queueHost}]` : queueHost;
  const password = queuePassword === undefined ? '' : `:${encodeURIComponent(queuePassword)}@`;
  return `redis://${password}${host}:${queuePort}/${queueDatabase}`;
}

function readFile(
  file: string,
  take: (name: Name, value: string, where: string) => void,
  problems: string[],
): void {
  if (!existsSync(file)) {
    problems.push(`${file}: there is no such file`);
    return;
  }
  for (const { key, value, line } of parseIni(readFileSync(file, 'utf8'), path.dirname(path.resolve(file)))) {
    const name = byKey.get(key);
    if (name !== undefined) take(name, value, `${file}, line ${line}`);
    else if (!foreign.test(key))
      problems.push(`${file}, line ${line}: there is no setting ${key}${suggestion(key)}`);
  }
}

/** Variables of ours that set nothing, other than those that the bootstrap and the tests read. */
function unknownVariables(env: Record<string, string | undefined>): string[] {
  const known = new Set(entries.flatMap(([, option]) => environmentNames(option)));
  for (const one of ['PORTOLAN_DATA', 'PORTOLAN_URL', 'PORTOLAN_TOKEN', 'PORTOLAN_TEST']) known.add(one);
  return Object.keys(env).filter(
    (one) => one.startsWith('PORTOLAN_') && !one.startsWith('PORTOLAN_TEST_') && !known.has(one),
  );
}

/** The name that was probably meant: of a variable another variable, of a setting in a file another setting. */
function suggestion(wrong: string): string {
  const names = entries.flatMap(([, option]) =>
    wrong === wrong.toUpperCase() ? environmentNames(option) : [option.key, ...option.aliases],
  );
  const near = names
    .map((name) => ({ name, distance: editDistance(name, wrong) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= 4 ? `; did you mean ${near.name}?` : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
