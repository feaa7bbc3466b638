import fc from 'fast-check';
import {
  type Code,
  citation,
  code,
  coded,
  constraints,
  extent,
  graphic,
  keywords,
  locator,
  maybe,
  moment,
  named,
  party,
  several,
} from './iso_parts.ts';
import { type Element, element, type Spoiling, spoiled, spoilings, written } from './markup.ts';
import { date, text, url } from './odd.ts';

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

type Shared = {
  [Name in keyof typeof shared]: (typeof shared)[Name] extends fc.Arbitrary<infer Value> ? Value : never;
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
      ...identified(one),
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

/** What datasets and services say of themselves alike, in the order of the standard. */
const identified = (one: Shared) => [
  one.citation,
  named('gmd:abstract', one.abstract),
  one.progress.map((value) => coded('gmd:status', 'MD_ProgressCode', value)),
  one.contacts,
  maintenance(one.frequency),
  one.graphics,
  one.keywords,
  one.constraints,
];

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
      ...identified(one),
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
