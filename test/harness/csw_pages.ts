import type { DocumentServer } from '../../packages/harvest/testing/document_server.ts';
import { isoRecord } from './iso_record.ts';

export const ofCsw = 'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"';
/** Namespaces that pages declare and single records do not: one that records use, and one that they do not. */
const ofPages = 'xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:ogc="http://www.opengis.net/ogc"';
/** What a server answers that has understood and refuses. */
export const cswException = `<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception><ows:ExceptionText>No</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`;

export interface CswAnswers {
  /** The identifiers of the records, as they are when a page is asked for. */
  ids(start: number): string[];
  record?(id: string): string;
  /** Whether there is a record when it is asked for by itself; otherwise those that the first page would begin. */
  has?(id: string): boolean;
  sorts?: boolean;
  /** `numberOfRecordsMatched`, where the server counts in a way of its own. */
  matched?(start: number): string;
  /** `nextRecord`, where the server counts in a way of its own. */
  next?(start: number): number | string;
  /** A record as it stands in a page, where whole ones are asked for; without it a page has identifiers only. */
  whole?(id: string): string;
}

/** A CSW of invented records. */
export function cswPages(
  answers: CswAnswers,
  told: { onRecord?(id: string): void } = {},
): DocumentServer['pages'] {
  return {
    '/csw': ({ url, body }) => {
      const request = url.searchParams.get('request');
      if (request === 'GetCapabilities') return `<csw:Capabilities ${ofCsw}/>`;
      if (request === 'GetRecordById') {
        const id = url.searchParams.get('id') ?? '';
        told.onRecord?.(id);
        const has = answers.has ?? ((one) => answers.ids(1).includes(one));
        const record = has(id) ? (answers.record ?? ((guid) => isoRecord({ guid })))(id) : '';
        return `<csw:GetRecordByIdResponse ${ofCsw}>${record}</csw:GetRecordByIdResponse>`;
      }
      if (answers.sorts === false && body.includes('SortBy')) return cswException;
      const start = Number(/startPosition="(\d+)"/.exec(body)?.[1]);
      const all = answers.ids(start);
      const page = all.slice(start - 1, start + 9);
      const whole = body.includes('>full<') ? answers.whole : undefined;
      const next = answers.next?.(start) ?? (start + 10 > all.length ? 0 : start + 10);
      return `<csw:GetRecordsResponse ${ofCsw} ${ofPages}><csw:SearchResults numberOfRecordsMatched="${answers.matched?.(start) ?? all.length}" nextRecord="${next}">${page
        .map(
          (id) =>
            whole?.(id) ??
            `<csw:BriefRecord><dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">${id}</dc:identifier></csw:BriefRecord>`,
        )
        .join('')}</csw:SearchResults></csw:GetRecordsResponse>`;
    },
  };
}
