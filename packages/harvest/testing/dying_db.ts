import type { Db } from '@portolan/db';

/** A database as a process sees it that is killed: once it is dead, nothing that it asks for happens. */
export interface DyingDb {
  db: Db;
  /** @throws Error `killed` */
  die(): never;
}

export function dyingDb(db: Db): DyingDb {
  let dead = false;
  const die = () => {
    dead = true;
    throw new Error('killed');
  };
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => (dead ? die() : work());
  return {
    die,
    db: {
      ...db,
      rows: (text, values) => alive(() => db.rows(text, values)),
      prepared: (name, text, values) => alive(() => db.prepared(name, text, values)),
      transact: (work) => alive(() => db.transact(work)),
    },
  };
}
