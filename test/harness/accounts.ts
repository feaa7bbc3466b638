import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  catalogueActions,
  createSysadmin,
  dispatch,
  findAction,
  type Params,
  type Site,
  type User,
} from '@portolan/catalogue';
import type { Db } from '@portolan/db';
import { loadConfig, PortolanError, silentLogger, systemRuntime } from '@portolan/kernel';
import { noMailer } from '@portolan/mail';
import { postgresEngine, type SearchEngine } from '@portolan/search';
import { diskStore } from '@portolan/storage';
import { testDatabase } from './database.ts';
import { atEndOfFile } from './end_of_file.ts';

/** What an action answered: its result, or the error as a client would see it. */
export type Answer = { result: unknown } | { error: Record<string, unknown>; status: number };

export interface TestSite {
  site: Site;
  /** Changes settings for the calls that follow: `{'ckan.auth.…': 'true'}` on top of the defaults. */
  set(overrides: Record<string, string>): void;
  /** The moment that the site believes in; it stands still until it is moved. */
  clock: { now: number };
  /** Makes an account and gives it back as a caller. */
  account(name: string, fields?: Params): Promise<User>;
  /** Calls an action; nobody calls anonymously. */
  call(name: string, caller: User | undefined, params?: Params): Promise<Answer>;
  /** Calls an action that has to succeed, as a sysadmin unless somebody else is named. */
  must(name: string, params?: Params, caller?: User): Promise<unknown>;
  admin: User;
}

/** A site on a database of its own, called without HTTP. Call it in `beforeAll`. */
export async function testSite(
  env: Record<string, string> = {},
  search: (db: Db) => SearchEngine = () => postgresEngine(),
): Promise<TestSite> {
  const { db } = await testDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'portolan-files-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  const clock = { now: Date.UTC(2031, 4, 6, 7, 8, 9, 123) };
  const source = { env: { SECRET_KEY: 'a-secret-of-the-tests', ...env } };
  let config = loadConfig(source);
  const site: Site = {
    get config() {
      return config;
    },
    runtime: { ...systemRuntime, now: () => clock.now },
    db,
    search: search(db),
    files: diskStore(folder),
    mailer: noMailer,
    gate: { closed: false },
    logger: silentLogger,
    version: '2.11.5',
  };

  const userOf = async (name: string): Promise<User> => {
    const [user] = await db.rows<User>(
      `SELECT id, name, sysadmin, state, email, fullname FROM "user" WHERE name = $1`,
      [name],
    );
    if (!user) throw new Error(`there is no account ${name}`);
    return user;
  };

  async function call(name: string, caller: User | undefined, params: Params = {}): Promise<Answer> {
    // What other packages add has to be registered by the test.
    const action = catalogueActions.find((one) => one.name === name) ?? findAction(name);
    if (!action) throw new Error(`there is no action ${name}`);
    // The caller as of now, as every request reads it anew.
    const user = caller && (await userOf(caller.name));
    try {
      return { result: await dispatch(site, action, { user }, params) };
    } catch (error) {
      if (!(error instanceof PortolanError)) throw error;
      const message = error.publicMessage;
      return {
        error: { ...(message === undefined ? {} : { message }), ...error.fields },
        status: error.status,
      };
    }
  }

  await createSysadmin(site, { name: 'admin', email: 'admin@site.test' });
  const admin = await userOf('admin');

  async function must(name: string, params: Params = {}, caller: User = admin): Promise<unknown> {
    const answer = await call(name, caller, params);
    if ('error' in answer) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.error)}`);
    return answer.result;
  }

  return {
    site,
    clock,
    admin,
    call,
    must,
    set(overrides) {
      config = loadConfig({ ...source, overrides });
    },
    async account(name, fields = {}) {
      await must('user_create', { name, email: `${name}@people.test`, password: 'long-enough', ...fields });
      return userOf(name);
    },
  };
}
