import type { Claim, Finding } from './finding.repo.ts';

interface ListedGuid {
  guid: string;
  position: number;
  /** The listing gave no identifier; the title, or what else tells the record. */
  unidentified?: string | undefined;
}

/** What there is to tell of listed records. @param claims of their GUIDs, before they were stored */
export function findingsOf(records: readonly ListedGuid[], claims: readonly Claim[]): Finding[] {
  const listed = new Set(claims.filter((claim) => claim.otherSource === null).map(({ guid }) => guid));
  const elsewhere = new Map(
    claims.flatMap(({ guid, otherSource }) => (otherSource ? [[guid, otherSource]] : [])),
  );
  return records.flatMap(({ guid, position, unidentified }): Finding[] => {
    const twice = listed.has(guid);
    listed.add(guid);
    const otherSource = elsewhere.get(guid);
    return [
      ...(unidentified ? [{ kind: 'unidentified' as const, position, record: unidentified }] : []),
      ...(twice ? [{ kind: 'duplicate' as const, position, record: guid }] : []),
      ...(otherSource ? [{ kind: 'elsewhere' as const, position, record: guid, otherSource }] : []),
    ];
  });
}
