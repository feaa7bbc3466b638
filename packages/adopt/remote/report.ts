import { type ImportOutcome, refusalOf } from '@portolan/catalogue';

/** How one kind of object has fared. */
export interface Tally {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export type Kind = 'users' | 'organizations' | 'groups' | 'datasets';

export interface CopyReport extends Record<Kind, Tally> {
  files: { copied: number; missing: number };
  /** Objects that were refused, with the reason. */
  refused: { kind: string; name: unknown; error: unknown }[];
  /** The comparison at the end. */
  verified: { equal: number; different: { name: unknown; paths: string[] }[]; missing: unknown[] };
}

const none = (): Tally => ({ created: 0, updated: 0, unchanged: 0, rejected: 0 });

export const newReport = (): CopyReport => ({
  users: none(),
  organizations: none(),
  groups: none(),
  datasets: none(),
  files: { copied: 0, missing: 0 },
  refused: [],
  verified: { equal: 0, different: [], missing: [] },
});

/** Counts what became of these objects. */
export function count(
  report: CopyReport,
  kind: Kind,
  objects: readonly { name?: unknown }[],
  outcomes: readonly ImportOutcome[],
): void {
  for (const [at, outcome] of outcomes.entries()) {
    if (typeof outcome === 'string') {
      if (outcome !== 'skipped') report[kind][outcome]++;
      continue;
    }
    report[kind].rejected++;
    refuse(report, kind, objects[at]?.name, outcome.error);
  }
}

export const refuse = (report: CopyReport, kind: Kind, name: unknown, error: unknown): void =>
  void report.refused.push({ kind, name, error: refusalOf(error) });
