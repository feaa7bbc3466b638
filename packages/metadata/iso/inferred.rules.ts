import type { IsoValues } from './fields.table.ts';

/** What a record says without a place of its own for it. */
export interface InferredValues {
  /** First publication, latest revision (as text), first creation; empty for none. */
  released: string;
  updated: string;
  created: string;
  /** First locator whose function is `information`. */
  url: string;
  /** All keywords, each once, in their order. */
  tags: string[];
  publisher: string;
  contact: string;
  contactEmail: string;
}

export function inferValues(values: IsoValues): InferredValues {
  const dates = (type: string) =>
    values['dataset-reference-date'].filter((date) => date.type === type).map(({ value }) => value);
  const parties = values['responsible-organisation'];
  const emails = parties.map(({ 'contact-info': info }) => (info === '' ? '' : info.email));
  const names = (role?: string) =>
    parties
      .filter((party) => role === undefined || party.role === role)
      .map((party) => party['organisation-name']);
  return {
    released: dates('publication')[0] ?? '',
    updated: dates('revision').sort().at(-1) ?? '',
    created: dates('creation')[0] ?? '',
    url: values['resource-locator'].find((locator) => locator.function === 'information')?.url ?? '',
    tags: [...new Set([...values['keyword-inspire-theme'], ...values['keyword-controlled-other']])],
    publisher: names('publisher').find((name) => name !== '') ?? '',
    contact: names().find((name) => name !== '') ?? '',
    contactEmail: emails.find((email) => email !== '') ?? '',
  };
}
