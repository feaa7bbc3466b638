import type { Call } from '../action/call.ts';
import { callerLabels } from '../authorisation/labels.ts';
import { type Kind, kinds, type Place, type Step } from './cursor.rules.ts';
import { idsBehind, presentObjects } from './objects.ts';
import { type Page, updateEntry } from './page.ts';
import type { PageOptions } from './read_changes.ts';

/**
 * The next page of a walk through everything the caller may see. The walk may take its time: whatever changes after
 * its beginning is told as a change when it is over, so it need not be of one moment.
 */
export async function walkOn(call: Call, from: Place, step: Step, options: PageOptions): Promise<Page> {
  const held = await callerLabels(call);
  const sees = (labels: string[]) => held === undefined || labels.some((label) => held.includes(label));
  let passed: { kind: Kind; id: string }[] = [];
  let kind: Kind | undefined = step.kind;
  let id = step.id;
  while (kind && passed.length < options.limit) {
    const wanted = options.limit - passed.length;
    const current: Kind = kind;
    const ids = await idsBehind(call.sql, current, id, wanted);
    passed = passed.concat(ids.map((one) => ({ kind: current, id: one })));
    id = ids.at(-1) ?? id;
    if (ids.length === wanted) break;
    kind = kinds[kinds.indexOf(current) + 1];
    id = '';
  }
  const presentOf = await presentObjects(call, passed, options.documents);
  const entries: string[] = [];
  for (const object of passed) {
    const present = presentOf(object);
    // What went away since its id was read is told as a change.
    if (present && !present.deleted && sees(present.labels)) entries.push(updateEntry(object.kind, present));
  }
  return {
    entries,
    cursor: kind ? { ...from, walk: { kind, id } } : from,
    more: kind !== undefined,
    changesFrom: from,
  };
}
