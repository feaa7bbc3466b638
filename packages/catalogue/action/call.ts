import type { Db, Sql, Tx } from '@portolan/db';
import type { Config, Logger, Runtime } from '@portolan/kernel';
import type { Mailer } from '@portolan/mail';
import type { SearchEngine } from '@portolan/search';
import type { ObjectStore } from '@portolan/storage';

/** Everything a portal is made of, as its composition root puts it together. */
export interface Site {
  /** The configuration in force now; read it at the time of use, it may change while the portal runs. */
  readonly config: Config;
  readonly runtime: Runtime;
  readonly db: Db;
  readonly search: SearchEngine;
  readonly files: ObjectStore;
  readonly mailer: Mailer;
  /** The read-only gate as this process obeys it. */
  readonly gate: { readonly closed: boolean };
  readonly logger: Logger;
  /** Version told by status_show; looks like a CKAN version, since clients parse it. */
  readonly version: string;
}

/** The account behind a call. */
export interface User {
  id: string;
  name: string;
  sysadmin: boolean;
  state: string;
  email: string | null;
  fullname: string | null;
  /** Id of the token that the call came with. */
  token?: string;
}

/** Parameters as a client sent them: decoded, not yet checked. Files are `Upload`s. */
export type Params = Record<string, unknown>;

/** One call of an action. */
export interface Call {
  readonly site: Site;
  /** Reads and writes go through this: the pool for a read, the transaction for a write. */
  readonly sql: Sql;
  /** Nobody for an anonymous call. */
  readonly user: User | undefined;
  /** Set by the portal's own work (harvester, command line): rules are not asked. */
  readonly ignoreAuth: boolean;
  readonly logger: Logger;
  /** Language prefix of the request's path, with its slash, or nothing. */
  readonly localePrefix: string;
  /** Validators of results that the caller has already; a read may answer `Unchanged` with one of them. */
  readonly held?: readonly string[];
}

/** A call inside the one transaction of its write. */
export interface WriteCall extends Call {
  readonly sql: Tx;
  /** A dataset's tags are taken as they are, whatever their length and characters. */
  readonly freeTags?: boolean;
}

/** The name that CKAN puts into messages; an anonymous caller's is empty. */
export const callerName = (call: Call): string => call.user?.name ?? '';
