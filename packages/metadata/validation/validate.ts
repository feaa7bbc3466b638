import type { XmlDocument } from 'libxml2-wasm';
import type { Finding } from './finding.ts';
import { validationProfiles } from './profiles.table.ts';

/** What the first profile that a record fails has found, or nothing when it passes all. Unknown names are findings. */
export function validateRecord(document: XmlDocument, profiles: readonly string[]): Finding[] {
  for (const name of profiles) {
    const profile = validationProfiles.find((one) => one.name === name);
    const findings = profile?.check(document) ?? [
      { message: `Unknown validation profile(s): ${name}`, line: null },
    ];
    if (findings.length > 0) return findings;
  }
  return [];
}
