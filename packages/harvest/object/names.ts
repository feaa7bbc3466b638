import { lockNames, type Tx } from '@portolan/db';
import type { DatasetDict } from '../dataset_writer.ts';
import { type MappedRecord, ObjectFailure } from '../driver.ts';
import { nameFromTitle, takenPrefix, uniqueName } from '../text/name.rules.ts';
import type { ImportContext } from './import_context.ts';

interface Named {
  mapped: MappedRecord;
  existing: DatasetDict | undefined;
}

/**
 * Names for datasets that are about to be written together, no two the same. A new one may have the name of a dataset
 * of its source that is deleted: a record that comes under another GUID keeps its address.
 * @returns in their order; a failure where no name is left
 */
export async function chooseNames(
  tx: Tx,
  { site, source }: Pick<ImportContext, 'site' | 'source'>,
  datasets: readonly Named[],
): Promise<(string | ObjectFailure)[]> {
  const wishes = datasets.map(wishOf);
  const asked = wishes.filter((wish) => wish !== undefined);
  // Writers of the same wish take turns: each has to see the name that the one before it took.
  await lockNames(tx, 'harvest_name', asked.map(takenPrefix));
  const taken = await takenAmong(tx, asked);
  const left = await leftBy(tx, source.id, [...taken]);
  const hex = site.config.harvestNameAppend === 'random-hex';
  const suffix = hex ? () => site.runtime.bytes(3).toString('hex').slice(0, 5) : undefined;
  const names: (string | ObjectFailure)[] = [];
  for (const [index, { mapped, existing }] of datasets.entries()) {
    const wish = wishes[index];
    if (wish === undefined) {
      names.push(existing?.name ?? '');
      continue;
    }
    if (existing === undefined && left.delete(wish)) taken.delete(wish);
    // Only of a name that is taken is it asked which others like it are.
    if (taken.has(wish)) for (const name of await takenLike(tx, wish)) taken.add(name);
    const others = existing?.name === undefined ? taken : without(taken, existing.name);
    const name = uniqueName(wish, others, numbered(existing?.name, wish), suffix);
    if (name !== undefined) taken.add(name);
    names.push(
      name ?? new ObjectFailure(`Could not generate a unique name from the title ${mapped.dataset.title}`),
    );
  }
  return names;
}

/** The name that a dataset is to have; nothing where it keeps the one that it has. */
function wishOf({ mapped: { dataset, identity, keepsName }, existing }: Named): string | undefined {
  // A remote's dataset keeps its local name, whoever changed it; a derived one is mostly renamed with its title. One that
  // another has taken the name of, while it was deleted, is called like its id.
  if (
    existing?.name &&
    existing.name !== existing.id &&
    (identity === 'remote' || keepsName || existing.title === dataset.title)
  )
    return undefined;
  return nameFromTitle(
    identity === 'remote' ? dataset.name || dataset.title || '' : dataset.title || dataset.name || '',
  );
}

async function takenAmong(tx: Tx, wishes: readonly string[]): Promise<Set<string>> {
  if (wishes.length === 0) return new Set();
  const rows = await tx.prepared<{ name: string }>(
    'harvest_names_taken',
    'SELECT name FROM package WHERE name = ANY ($1)',
    [wishes],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Which of these names are held by nothing but deleted datasets of the source. */
async function leftBy(tx: Tx, sourceId: string, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await tx.prepared<{ name: string }>(
    'harvest_names_left',
    `SELECT name FROM package p WHERE name = ANY ($1) AND state = 'deleted' AND EXISTS (
       SELECT FROM harvest_object o WHERE o.package_id = p.id AND o.harvest_source_id = $2)`,
    [names, sourceId],
  );
  return new Set(rows.map(({ name }) => name));
}

async function takenLike(tx: Tx, wish: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>('SELECT name FROM package WHERE starts_with(name, $1)', [
    takenPrefix(wish),
  ]);
  return rows.map(({ name }) => name);
}

/** A name that is the wish with a number, or the digits that stand for one: what begins like it is another's. */
const numbered = (name: string | undefined, wish: string): string | undefined =>
  name?.startsWith(wish) && /^[\da-f]*$/.test(name.slice(wish.length)) ? name : undefined;

function without(names: ReadonlySet<string>, name: string): Set<string> {
  const others = new Set(names);
  others.delete(name);
  return others;
}
