import fc from 'fast-check';
import { type Element, element, type Spoiling, spoiled, spoilings, written } from './markup.ts';
import { date, email, keyword, text, title, url } from './odd.ts';

const namespaces = {
  'xmlns:gmd': 'http://www.isotc211.org/2005/gmd',
  'xmlns:gco': 'http://www.isotc211.org/2005/gco',
  'xmlns:gmx': 'http://www.isotc211.org/2005/gmx',
  'xmlns:gmi': 'http://www.isotc211.org/2005/gmi',
  'xmlns:srv': 'http://www.isotc211.org/2005/srv',
  'xmlns:gml': 'http://www.opengis.net/gml',
  'xmlns:gml32': 'http://www.opengis.net/gml/3.2',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
};

const string = (value: string) => element('gco:CharacterString', {}, value);
const named = (name: string, value: string | undefined) =>
  value === undefined ? undefined : element(name, {}, string(value));
const coded = (name: string, list: string, { value, content }: Code) =>
  element(
    name,
    {},
    element(`gmd:${list}`, { codeList: `http://codes.test/#${list}`, codeListValue: value }, content),
  );

interface Code {
  value: string;
  content: string;
}
/** A value of a code list: usually the same twice. */
const code = (...values: string[]): fc.Arbitrary<Code> =>
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

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3) => fc.option(arbitrary, { nil: undefined, freq });
const several = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });

const locator = fc
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

const party = (holder: string) =>
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

const moment = (value: string) => element(value.includes('T') ? 'gco:DateTime' : 'gco:Date', {}, value);

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

const citation = fc
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

const keywords = several(
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

const constraints = several(
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
const extent = (holder: string) =>
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

const graphic = fc
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

const shared = {
  citation: maybe(citation, 30),
  abstract: maybe(text, 20),
  contacts: several(party('gmd:pointOfContact')),
  frequency: maybe(code('annually', 'daily', 'notPlanned')),
  progress: several(code('completed', 'onGoing'), 2),
  graphics: several(graphic, 2),
  keywords,
  constraints,
};

const dataset = fc
  .record({
    ...shared,
    languages: several(code('eng', 'cym'), 2),
    topics: several(fc.constantFrom('economy', 'oceans', ''), 2),
    extents: several(extent('gmd:extent'), 2),
    scale: maybe(fc.constantFrom('10000', '', 'x'), 1),
    distance: maybe(fc.constantFrom('10', ''), 1),
    further: maybe(text, 1),
  })
  .map((one) =>
    element(
      'gmd:MD_DataIdentification',
      {},
      one.citation,
      named('gmd:abstract', one.abstract),
      one.progress.map((value) => coded('gmd:status', 'MD_ProgressCode', value)),
      one.contacts,
      maintenance(one.frequency),
      one.graphics,
      one.keywords,
      one.constraints,
      resolution(one),
      one.languages.map((value) => coded('gmd:language', 'LanguageCode', value)),
      one.topics.map((value) =>
        element('gmd:topicCategory', {}, element('gmd:MD_TopicCategoryCode', {}, value)),
      ),
      one.extents,
      named('gmd:supplementalInformation', one.further),
    ),
  );

const maintenance = (frequency: Code | undefined) =>
  frequency &&
  element(
    'gmd:resourceMaintenance',
    {},
    element(
      'gmd:MD_MaintenanceInformation',
      {},
      coded('gmd:maintenanceAndUpdateFrequency', 'MD_MaintenanceFrequencyCode', frequency),
    ),
  );

const resolution = ({ scale, distance }: { scale: string | undefined; distance: string | undefined }) => [
  scale === undefined
    ? undefined
    : element(
        'gmd:spatialResolution',
        {},
        element(
          'gmd:MD_Resolution',
          {},
          element(
            'gmd:equivalentScale',
            {},
            element(
              'gmd:MD_RepresentativeFraction',
              {},
              element('gmd:denominator', {}, element('gco:Integer', {}, scale)),
            ),
          ),
        ),
      ),
  distance === undefined
    ? undefined
    : element(
        'gmd:spatialResolution',
        {},
        element(
          'gmd:MD_Resolution',
          {},
          element(
            'gmd:distance',
            {},
            element('gco:Distance', { uom: 'urn:ogc:def:uom:EPSG::9001' }, distance),
          ),
        ),
      ),
];

const coupled = fc
  .record({ title: maybe(text, 1), href: maybe(url), uuid: maybe(fc.constantFrom('abc', '', 'ä'), 1) })
  .map(({ title, href, uuid }) =>
    element('srv:operatesOn', {
      ...(title === undefined ? {} : { 'xlink:title': title }),
      ...(href === undefined ? {} : { 'xlink:href': href }),
      ...(uuid === undefined ? {} : { uuidref: uuid }),
    }),
  );

const service = fc
  .record({
    ...shared,
    type: maybe(fc.constantFrom('view', 'download', 'discovery', 'other', '', 'View')),
    extents: several(extent('srv:extent'), 2),
    coupled: several(coupled),
    operation: maybe(locator, 2),
  })
  .map((one) =>
    element(
      'srv:SV_ServiceIdentification',
      {},
      one.citation,
      named('gmd:abstract', one.abstract),
      one.progress.map((value) => coded('gmd:status', 'MD_ProgressCode', value)),
      one.contacts,
      maintenance(one.frequency),
      one.graphics,
      one.keywords,
      one.constraints,
      one.type === undefined
        ? undefined
        : element('srv:serviceType', {}, element('gco:LocalName', {}, one.type)),
      one.extents,
      coded('srv:couplingType', 'SV_CouplingType', { value: 'tight', content: '' }),
      one.operation &&
        element(
          'srv:containsOperations',
          {},
          element(
            'srv:SV_OperationMetadata',
            {},
            named('srv:operationName', 'GetMap'),
            element('srv:connectPoint', {}, one.operation),
          ),
        ),
      one.coupled,
    ),
  );

const transfer = several(locator, 3).map((locators) =>
  element(
    'gmd:transferOptions',
    {},
    element(
      'gmd:MD_DigitalTransferOptions',
      {},
      locators.map((one) => element('gmd:onLine', {}, one)),
    ),
  ),
);

const record = fc
  .record({
    root: fc.oneof({ weight: 12, arbitrary: fc.constant('gmd:MD_Metadata') }, fc.constant('gmi:MI_Metadata')),
    language: maybe(code('eng', 'ger'), 5),
    plainLanguage: maybe(fc.constantFrom('eng', ''), 1),
    parent: maybe(text, 1),
    levels: fc.oneof(
      { weight: 6, arbitrary: code('dataset', 'series', 'service').map((one) => [one]) },
      several(code('dataset', 'series', 'service', 'feature'), 2),
    ),
    contacts: fc.array(party('gmd:contact'), { maxLength: 2 }),
    date: maybe(date, 25),
    systems: several(text, 2),
    about: fc.oneof(
      { weight: 8, arbitrary: fc.oneof(dataset, service).map((one) => [one]) },
      several(fc.oneof(dataset, service), 2),
    ),
    transfers: several(transfer, 2),
    distributed: maybe(transfer, 1),
    lineage: maybe(text),
    spoilings: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Spoiling[]>([]) },
      { weight: 1, arbitrary: spoilings(3) },
    ),
  })
  .map((one) => ({
    ...one,
    /** @param guid `undefined` leaves it out */
    write: (guid: string | undefined, newer?: string): Element =>
      spoiled(
        structuredClone(
          element(
            one.root,
            namespaces,
            named('gmd:fileIdentifier', guid),
            one.language && coded('gmd:language', 'LanguageCode', one.language),
            named('gmd:language', one.plainLanguage),
            named('gmd:parentIdentifier', one.parent),
            one.levels.map((value) => coded('gmd:hierarchyLevel', 'MD_ScopeCode', value)),
            one.contacts,
            (newer ?? one.date) === undefined
              ? undefined
              : element('gmd:dateStamp', {}, moment(newer ?? one.date ?? '')),
            one.systems.map((system) =>
              element(
                'gmd:referenceSystemInfo',
                {},
                element(
                  'gmd:MD_ReferenceSystem',
                  {},
                  element(
                    'gmd:referenceSystemIdentifier',
                    {},
                    element('gmd:RS_Identifier', {}, named('gmd:code', system)),
                  ),
                ),
              ),
            ),
            one.about.map((about) => element('gmd:identificationInfo', {}, about)),
            element(
              'gmd:distributionInfo',
              {},
              element(
                'gmd:MD_Distribution',
                {},
                one.distributed &&
                  element(
                    'gmd:distributor',
                    {},
                    element(
                      'gmd:MD_Distributor',
                      {},
                      { ...one.distributed, name: 'gmd:distributorTransferOptions' },
                    ),
                  ),
                one.transfers,
              ),
            ),
            one.lineage === undefined
              ? undefined
              : element(
                  'gmd:dataQualityInfo',
                  {},
                  element(
                    'gmd:DQ_DataQuality',
                    {},
                    element(
                      'gmd:lineage',
                      {},
                      element('gmd:LI_Lineage', {}, named('gmd:statement', one.lineage)),
                    ),
                  ),
                ),
          ),
        ),
        one.spoilings,
      ),
  }));

/** What stands around a record; no declaration that names an encoding, which ends the real worker. */
const frames: ((xml: string) => string)[] = [
  (xml) => `\ufeff${xml}`,
  (xml) => `\n  <!-- a remark -->\n${xml}`,
  (xml) => `<?xml version="1.0"?>\n${xml}`,
  (xml) =>
    `<csw:GetRecordByIdResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">${xml}</csw:GetRecordByIdResponse>`,
  (xml) => xml.slice(0, -30),
  (xml) => `some words ${xml}`,
  () => '',
  () => '<html><body>Log in first</body></html>',
  () => '<metadata><idinfo><title>FGDC</title></idinfo></metadata>',
  (xml) => xml.replaceAll('http://www.isotc211.org/2005/gmd', 'http://www.isotc211.org/2007/gmd'),
  (xml) => xml.replace(/<(\/?)gco:CharacterString>/g, '<$1gmx:Anchor>'),
];

/** An invented ISO 19139 record, written with a GUID and, where it says so, a newer date. */
export const isoRecord = fc
  .record({
    record,
    frame: fc.oneof(
      { weight: 12, arbitrary: fc.constant((xml: string) => xml) },
      { weight: 1, arbitrary: fc.constantFrom(...frames) },
    ),
  })
  .map(({ record, frame }) => ({
    write: (guid: string | undefined, newer?: string) => frame(written(record.write(guid, newer))),
  }));
