import fc from 'fast-check';
import { element } from './markup.ts';
import { date, email, keyword, text, title, url } from './odd.ts';

export const string = (value: string) => element('gco:CharacterString', {}, value);
export const named = (name: string, value: string | undefined) =>
  value === undefined ? undefined : element(name, {}, string(value));
export const coded = (name: string, list: string, { value, content }: Code) =>
  element(
    name,
    {},
    element(`gmd:${list}`, { codeList: `http://codes.test/#${list}`, codeListValue: value }, content),
  );

export interface Code {
  value: string;
  content: string;
}
/** A value of a code list: usually the same twice. */
export const code = (...values: string[]): fc.Arbitrary<Code> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...values).map((value) => ({ value, content: value })) },
    {
      weight: 1,
      arbitrary: fc.record({
        value: fc.constantFrom(...values, '', 'other'),
        content: fc.constantFrom(...values, '', ' Other '),
      }),
    },
  );

export const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3) =>
  fc.option(arbitrary, { nil: undefined, freq });
export const several = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });

export const locator = fc
  .record({
    url: maybe(url, 12),
    protocol: maybe(
      fc.constantFrom(
        'OGC:WMS',
        ' ogc:wfs ',
        'OGC:WMS-1.3.0-http-get-map',
        'WWW:LINK-1.0-http--link',
        'WWW:DOWNLOAD-1.0-http-download',
        'www:link-1.0-http-link',
        'TMS',
        'unknown',
        '',
        'ESRI:AIMS-http-configuration',
        'OGC:GML',
        'OGC:WMTS',
        'GLG:KML-2.0-http-get-map',
      ),
      2,
    ),
    name: maybe(text),
    mime: maybe(fc.constantFrom('text/csv', ''), 1),
    description: maybe(text),
    role: maybe(code('download', 'information', 'offlineAccess', 'order', 'search')),
  })
  .map(({ url, protocol, name, mime, description, role }) =>
    element(
      'gmd:CI_OnlineResource',
      {},
      url === undefined ? undefined : element('gmd:linkage', {}, element('gmd:URL', {}, url)),
      named('gmd:protocol', protocol),
      name === undefined
        ? mime === undefined
          ? undefined
          : element('gmd:name', {}, element('gmx:MimeFileType', { type: mime }, mime))
        : named('gmd:name', name),
      named('gmd:description', description),
      role && coded('gmd:function', 'CI_OnLineFunctionCode', role),
    ),
  );

export const party = (holder: string) =>
  fc
    .record({
      person: maybe(text, 1),
      organisation: maybe(fc.oneof(fc.constantFrom('Ministry of Tea', 'Office of Roads'), text), 6),
      position: maybe(text, 1),
      emails: fc.array(email, { maxLength: 2 }),
      online: maybe(locator, 1),
      role: maybe(
        code(
          'owner',
          'publisher',
          'pointOfContact',
          'distributor',
          'author',
          'custodian',
          'resourceProvider',
        ),
        9,
      ),
    })
    .map(({ person, organisation, position, emails, online, role }) =>
      element(
        holder,
        {},
        element(
          'gmd:CI_ResponsibleParty',
          {},
          named('gmd:individualName', person),
          named('gmd:organisationName', organisation),
          named('gmd:positionName', position),
          element(
            'gmd:contactInfo',
            {},
            element(
              'gmd:CI_Contact',
              {},
              element(
                'gmd:address',
                {},
                element(
                  'gmd:CI_Address',
                  {},
                  emails.map((one) => named('gmd:electronicMailAddress', one)),
                ),
              ),
              online && element('gmd:onlineResource', {}, online),
            ),
          ),
          role && coded('gmd:role', 'CI_RoleCode', role),
        ),
      ),
    );

export const moment = (value: string) =>
  element(value.includes('T') ? 'gco:DateTime' : 'gco:Date', {}, value);

const dates = several(
  fc
    .record({ value: date, type: code('publication', 'creation', 'revision') })
    .map(({ value, type }) =>
      element(
        'gmd:date',
        {},
        element(
          'gmd:CI_Date',
          {},
          element('gmd:date', {}, moment(value)),
          coded('gmd:dateType', 'CI_DateTypeCode', type),
        ),
      ),
    ),
  4,
);

export const citation = fc
  .record({
    title: maybe(title, 20),
    alternates: several(text, 2),
    dates,
    identifier: maybe(text),
    form: maybe(code('mapDigital', 'documentDigital'), 1),
  })
  .map(({ title, alternates, dates, identifier, form }) =>
    element(
      'gmd:citation',
      {},
      element(
        'gmd:CI_Citation',
        {},
        named('gmd:title', title),
        alternates.map((one) => named('gmd:alternateTitle', one)),
        dates,
        identifier === undefined
          ? undefined
          : element('gmd:identifier', {}, element('gmd:MD_Identifier', {}, named('gmd:code', identifier))),
        form && coded('gmd:presentationForm', 'CI_PresentationFormCode', form),
      ),
    ),
  );

export const keywords = several(
  fc.record({ words: several(keyword, 4), type: maybe(code('theme', 'place'), 1) }).map(({ words, type }) =>
    element(
      'gmd:descriptiveKeywords',
      {},
      element(
        'gmd:MD_Keywords',
        {},
        words.map((one) => named('gmd:keyword', one)),
        type && coded('gmd:type', 'MD_KeywordTypeCode', type),
      ),
    ),
  ),
);

const limitation = fc.oneof(
  text,
  fc.constantFrom(
    'cc-by',
    'CC-BY',
    'uk-ogl',
    'http://www.opendefinition.org/licenses/cc-by',
    'http://www.opendefinition.org/licenses/cc-by/',
    'http://creativecommons.org/licenses/by/4.0/',
    'http://licence.test/x Reference only',
    'See http://licence.test/x',
    'no conditions apply',
    'https://licence.test',
    'ftp://licence.test/y',
    'http://',
    'odc-odbl',
    'notspecified',
  ),
);

export const constraints = several(
  fc
    .record({
      kind: fc.constantFrom('gmd:MD_Constraints', 'gmd:MD_LegalConstraints', 'gmd:MD_LegalConstraints'),
      limitations: several(limitation, 2),
      access: several(code('otherRestrictions', 'copyright', 'license'), 2),
      others: several(fc.oneof(limitation, text), 2),
    })
    .map(({ kind, limitations, access, others }) =>
      element(
        'gmd:resourceConstraints',
        {},
        element(
          kind,
          {},
          limitations.map((one) => named('gmd:useLimitation', one)),
          kind === 'gmd:MD_Constraints'
            ? []
            : [
                access.map((one) => coded('gmd:accessConstraints', 'MD_RestrictionCode', one)),
                others.map((one) => named('gmd:otherConstraints', one)),
              ],
        ),
      ),
    ),
);

const number = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...['-1.5', '50', '52.25', '1', '-8.6500', '60.9']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        ' 1.5 ',
        '1,5',
        'x',
        '180',
        '-180',
        '200',
        '1e2',
        '+3',
        '0',
        '-0',
        '1_0',
        'NaN',
        'inf',
        '007',
      ],
      '51.12345678901234567',
    ),
  },
);
const side = (name: string, value: string | undefined) =>
  value === undefined ? undefined : element(name, {}, element('gco:Decimal', {}, value));

const box = fc
  .record({
    west: maybe(number, 25),
    east: maybe(number, 25),
    south: maybe(number, 25),
    north: maybe(number, 25),
  })
  .map(({ west, east, south, north }) =>
    element(
      'gmd:EX_GeographicBoundingBox',
      {},
      side('gmd:westBoundLongitude', west),
      side('gmd:eastBoundLongitude', east),
      side('gmd:southBoundLatitude', south),
      side('gmd:northBoundLatitude', north),
    ),
  );
const polygon = fc
  .constantFrom('50 -1 51 -1 51 1 50 -1', '')
  .map((places) =>
    element(
      'gmd:EX_BoundingPolygon',
      {},
      element(
        'gmd:polygon',
        {},
        element(
          'gml:Polygon',
          { 'gml:id': 'p' },
          element('gml:exterior', {}, element('gml:LinearRing', {}, element('gml:posList', {}, places))),
        ),
      ),
    ),
  );
const place = text.map((value) =>
  element(
    'gmd:EX_GeographicDescription',
    {},
    element('gmd:geographicIdentifier', {}, element('gmd:MD_Identifier', {}, named('gmd:code', value))),
  ),
);
const period = fc
  .record({ gml: fc.constantFrom('gml', 'gml32'), begin: maybe(date), end: maybe(date) })
  .map(({ gml, begin, end }) =>
    element(
      'gmd:temporalElement',
      {},
      element(
        'gmd:EX_TemporalExtent',
        {},
        element(
          'gmd:extent',
          {},
          element(
            `${gml}:TimePeriod`,
            { [`${gml}:id`]: 't' },
            begin === undefined ? undefined : element(`${gml}:beginPosition`, {}, begin),
            end === undefined ? undefined : element(`${gml}:endPosition`, {}, end),
          ),
        ),
      ),
    ),
  );
export const extent = (holder: string) =>
  fc
    .record({
      places: several(fc.oneof({ weight: 4, arbitrary: box }, polygon, place), 3),
      periods: several(period, 2),
    })
    .map(({ places, periods }) =>
      element(
        holder,
        {},
        element(
          'gmd:EX_Extent',
          {},
          places.map((one) => element('gmd:geographicElement', {}, one)),
          periods,
        ),
      ),
    );

export const graphic = fc
  .record({ file: maybe(url, 6), description: maybe(text), type: maybe(fc.constantFrom('png', '')) })
  .map(({ file, description, type }) =>
    element(
      'gmd:graphicOverview',
      {},
      element(
        'gmd:MD_BrowseGraphic',
        {},
        named('gmd:fileName', file),
        named('gmd:fileDescription', description),
        named('gmd:fileType', type),
      ),
    ),
  );
