/** What a free text about a licence comes to (specification, harvesting 18.4). */
export interface DetectedLicence {
  /** `uk-ogl`, or empty. */
  license_id: string;
  /** The text, unless the id says all of it. */
  licence: string | undefined;
}

const ogl = [
  /open government licen[cs]e/i,
  /\bogl\b/i,
  /https?:\/\/(www\.)?nationalarchives\.gov\.uk\/doc\/open-government-licen[cs]e[^\s,;)]*/i,
  /https?:\/\/(www\.)?ordnancesurvey\.co\.uk\/\S*os-opendata-licen[cs]e\.pdf/i,
];

/** Words around a licence's name that say nothing more. Longer ones stand before what they contain. */
const filler = [
  /ordnance survey open ?data licen[cs]e/gi,
  /for public sector information/gi,
  /public data \(crown copyright\)/gi,
  /attribution required/gi,
  /(ogl )?terms and conditions apply/gi,
  /link to the/gi,
  /\bversion \d(\.\d)?/gi,
  /\bv\d(\.\d)?/gi,
  /\b(uk|licen[cs]e|none|conditions|under the|released|available|use|of|the)\b/gi,
  /[\s.,;:()[\]"'/-]+/g,
];

export function detectLicence(text: string): DetectedLicence {
  if (text.trim() === '') return { license_id: '', licence: undefined };
  if (!ogl.some((pattern) => pattern.test(text))) return { license_id: '', licence: text };
  const all = ogl.map((pattern) => new RegExp(pattern.source, 'gi')).reverse();
  const rest = [...all, ...filler].reduce((left, pattern) => left.replace(pattern, ' '), text).trim();
  return { license_id: 'uk-ogl', licence: rest.length < 2 ? undefined : text };
}
