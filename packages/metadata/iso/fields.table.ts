// The values of an ISO 19139 record: one line each, read by the harvester.
import { groupField, textField, type ValuesOf } from './field.ts';

const data = 'gmd:identificationInfo/gmd:MD_DataIdentification';
const service = 'gmd:identificationInfo/srv:SV_ServiceIdentification';
const distribution = 'gmd:distributionInfo/gmd:MD_Distribution';
const conformance =
  'gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:report/gmd:DQ_DomainConsistency/gmd:result/gmd:DQ_ConformanceResult';
const text = 'gco:CharacterString/text()';

/** The same path in records of datasets, then in those of services. */
const either = (path: string): string[] => [`${data}/${path}`, `${service}/${path}`];
/** Extents stand in another namespace in records of services. */
const extent = (path: string): string[] => [
  `${data}/gmd:extent/gmd:EX_Extent/${path}`,
  `${service}/srv:extent/gmd:EX_Extent/${path}`,
];
/** A code by its list value, else by its text. */
const code = (path: string, name: string): string[] => [
  ...either(`${path}/gmd:${name}/@codeListValue`),
  ...either(`${path}/gmd:${name}/text()`),
];
const period = (end: string): string[] =>
  ['gml', 'gml32'].flatMap((gml) =>
    extent(`gmd:temporalElement/gmd:EX_TemporalExtent/gmd:extent/${gml}:TimePeriod/${gml}:${end}/text()`),
  );

const locator = [
  textField('url', '1', 'gmd:linkage/gmd:URL/text()'),
  textField('function', '0..1', 'gmd:function/gmd:CI_OnLineFunctionCode/@codeListValue'),
  textField('name', '0..1', `gmd:name/${text}`, 'gmd:name/gmx:MimeFileType/text()'),
  textField('description', '0..1', `gmd:description/${text}`),
  textField('protocol', '0..1', `gmd:protocol/${text}`),
] as const;

const party = [
  textField('individual-name', '0..1', `gmd:individualName/${text}`),
  textField('organisation-name', '0..1', `gmd:organisationName/${text}`),
  textField('position-name', '0..1', `gmd:positionName/${text}`),
  groupField(
    'contact-info',
    '0..1',
    [
      textField('email', '0..1', `gmd:address/gmd:CI_Address/gmd:electronicMailAddress/${text}`),
      groupField('online-resource', '0..1', locator, 'gmd:onlineResource/gmd:CI_OnlineResource'),
    ],
    'gmd:contactInfo/gmd:CI_Contact',
  ),
  textField('role', '0..1', 'gmd:role/gmd:CI_RoleCode/@codeListValue'),
] as const;

const date = [
  textField(
    'type',
    '1',
    'gmd:dateType/gmd:CI_DateTypeCode/@codeListValue',
    'gmd:dateType/gmd:CI_DateTypeCode/text()',
  ),
  textField('value', '1', 'gmd:date/gco:Date/text()', 'gmd:date/gco:DateTime/text()'),
] as const;

const citation = 'gmd:citation/gmd:CI_Citation';
const maintenance = 'gmd:resourceMaintenance/gmd:MD_MaintenanceInformation';
const legal = 'gmd:resourceConstraints/gmd:MD_LegalConstraints';

export const isoFields = [
  textField('guid', '0..1', `gmd:fileIdentifier/${text}`),
  textField(
    'metadata-language',
    '0..1',
    'gmd:language/gmd:LanguageCode/@codeListValue',
    'gmd:language/gmd:LanguageCode/text()',
    `gmd:language/${text}`,
  ),
  textField('metadata-standard-name', '0..1', `gmd:metadataStandardName/${text}`),
  textField('metadata-standard-version', '0..1', `gmd:metadataStandardVersion/${text}`),
  textField(
    'resource-type',
    '*',
    'gmd:hierarchyLevel/gmd:MD_ScopeCode/@codeListValue',
    'gmd:hierarchyLevel/gmd:MD_ScopeCode/text()',
  ),
  groupField(
    'metadata-point-of-contact',
    '1..*',
    party,
    ...either('gmd:pointOfContact/gmd:CI_ResponsibleParty'),
  ),
  textField('metadata-date', '1', 'gmd:dateStamp/gco:DateTime/text()', 'gmd:dateStamp/gco:Date/text()'),
  textField(
    'spatial-reference-system',
    '0..1',
    `gmd:referenceSystemInfo/gmd:MD_ReferenceSystem/gmd:referenceSystemIdentifier/gmd:RS_Identifier/gmd:code/${text}`,
  ),
  textField('title', '1', ...either(`${citation}/gmd:title/${text}`)),
  textField('alternate-title', '*', ...either(`${citation}/gmd:alternateTitle/${text}`)),
  groupField('dataset-reference-date', '1..*', date, ...either(`${citation}/gmd:date/gmd:CI_Date`)),
  textField(
    'unique-resource-identifier',
    '0..1',
    ...either(`${citation}/gmd:identifier/gmd:MD_Identifier/gmd:code/${text}`),
    ...either(`${citation}/gmd:identifier/gmd:RS_Identifier/gmd:code/${text}`),
  ),
  textField(
    'presentation-form',
    '*',
    ...either(`${citation}/gmd:presentationForm/gmd:CI_PresentationFormCode/text()`),
    ...either(`${citation}/gmd:presentationForm/gmd:CI_PresentationFormCode/@codeListValue`),
  ),
  textField('abstract', '1', ...either(`gmd:abstract/${text}`)),
  textField('purpose', '0..1', ...either(`gmd:purpose/${text}`)),
  groupField(
    'responsible-organisation',
    '1..*',
    party,
    ...either('gmd:pointOfContact/gmd:CI_ResponsibleParty'),
    'gmd:contact/gmd:CI_ResponsibleParty',
  ),
  textField(
    'frequency-of-update',
    '0..1',
    ...code(`${maintenance}/gmd:maintenanceAndUpdateFrequency`, 'MD_MaintenanceFrequencyCode'),
  ),
  textField('maintenance-note', '0..1', ...either(`${maintenance}/gmd:maintenanceNote/${text}`)),
  textField('progress', '*', ...code('gmd:status', 'MD_ProgressCode')),
  groupField(
    'keywords',
    '*',
    [
      textField('keyword', '*', `gmd:keyword/${text}`),
      textField(
        'type',
        '0..1',
        'gmd:type/gmd:MD_KeywordTypeCode/@codeListValue',
        'gmd:type/gmd:MD_KeywordTypeCode/text()',
      ),
    ],
    ...either('gmd:descriptiveKeywords/gmd:MD_Keywords'),
  ),
  textField(
    'keyword-inspire-theme',
    '*',
    ...either(`gmd:descriptiveKeywords/gmd:MD_Keywords/gmd:keyword/${text}`),
  ),
  textField('keyword-controlled-other', '*', `${service}/srv:keywords/gmd:MD_Keywords/gmd:keyword/${text}`),
  groupField(
    'usage',
    '*',
    [
      textField('usage', '0..1', `gmd:specificUsage/${text}`),
      groupField('contact-info', '0..1', party, 'gmd:userContactInfo/gmd:CI_ResponsibleParty'),
    ],
    ...either('gmd:resourceSpecificUsage/gmd:MD_Usage'),
  ),
  textField('limitations-on-public-access', '*', ...either(`${legal}/gmd:otherConstraints/${text}`)),
  textField('access-constraints', '*', ...code(`${legal}/gmd:accessConstraints`, 'MD_RestrictionCode')),
  textField(
    'use-constraints',
    '*',
    ...either(`gmd:resourceConstraints/gmd:MD_Constraints/gmd:useLimitation/${text}`),
  ),
  groupField(
    'aggregation-info',
    '*',
    [
      textField(
        'aggregate-dataset-name',
        '0..1',
        `gmd:aggregateDataSetName/gmd:CI_Citation/gmd:title/${text}`,
      ),
      textField(
        'aggregate-dataset-identifier',
        '0..1',
        `gmd:aggregateDataSetIdentifier/gmd:MD_Identifier/gmd:code/${text}`,
      ),
      textField(
        'association-type',
        '0..1',
        'gmd:associationType/gmd:DS_AssociationTypeCode/@codeListValue',
        'gmd:associationType/gmd:DS_AssociationTypeCode/text()',
      ),
      textField(
        'initiative-type',
        '0..1',
        'gmd:initiativeType/gmd:DS_InitiativeTypeCode/@codeListValue',
        'gmd:initiativeType/gmd:DS_InitiativeTypeCode/text()',
      ),
    ],
    `${data}/gmd:aggregationInfo/gmd:MD_AggregateInformation`,
  ),
  textField('spatial-data-service-type', '0..1', `${service}/srv:serviceType/gco:LocalName/text()`),
  textField(
    'spatial-resolution',
    '0..1',
    ...either('gmd:spatialResolution/gmd:MD_Resolution/gmd:distance/gco:Distance/text()'),
  ),
  textField(
    'spatial-resolution-units',
    '0..1',
    ...either('gmd:spatialResolution/gmd:MD_Resolution/gmd:distance/gco:Distance/@uom'),
  ),
  textField(
    'equivalent-scale',
    '*',
    ...either(
      'gmd:spatialResolution/gmd:MD_Resolution/gmd:equivalentScale/gmd:MD_RepresentativeFraction/gmd:denominator/gco:Integer/text()',
    ),
  ),
  textField('dataset-language', '*', ...code('gmd:language', 'LanguageCode')),
  textField('topic-category', '*', ...either('gmd:topicCategory/gmd:MD_TopicCategoryCode/text()')),
  textField('extent-controlled', '*'),
  textField(
    'extent-free-text',
    '*',
    ...extent(
      `gmd:geographicElement/gmd:EX_GeographicDescription/gmd:geographicIdentifier/gmd:MD_Identifier/gmd:code/${text}`,
    ),
  ),
  groupField(
    'bbox',
    '*',
    [
      textField('west', '1', 'gmd:westBoundLongitude/gco:Decimal/text()'),
      textField('east', '1', 'gmd:eastBoundLongitude/gco:Decimal/text()'),
      textField('north', '1', 'gmd:northBoundLatitude/gco:Decimal/text()'),
      textField('south', '1', 'gmd:southBoundLatitude/gco:Decimal/text()'),
    ],
    ...extent('gmd:geographicElement/gmd:EX_GeographicBoundingBox'),
  ),
  textField('temporal-extent-begin', '*', ...period('beginPosition')),
  textField('temporal-extent-end', '*', ...period('endPosition')),
  textField('vertical-extent', '*', ...extent('gmd:verticalElement/gmd:EX_VerticalExtent')),
  groupField(
    'coupled-resource',
    '*',
    [
      textField('title', '*', '@xlink:title'),
      textField('href', '*', '@xlink:href'),
      textField('uuid', '*', '@uuidref'),
    ],
    `${service}/srv:operatesOn`,
  ),
  textField('additional-information-source', '0..1', `${data}/gmd:supplementalInformation/${text}`),
  groupField(
    'data-format',
    '*',
    [textField('name', '0..1', `gmd:name/${text}`), textField('version', '0..1', `gmd:version/${text}`)],
    `${distribution}/gmd:distributionFormat/gmd:MD_Format`,
  ),
  groupField(
    'distributor',
    '*',
    party,
    `${distribution}/gmd:distributor/gmd:MD_Distributor/gmd:distributorContact/gmd:CI_ResponsibleParty`,
  ),
  groupField(
    'resource-locator',
    '*',
    locator,
    `${distribution}/gmd:transferOptions/gmd:MD_DigitalTransferOptions/gmd:onLine/gmd:CI_OnlineResource`,
    `${distribution}/gmd:distributor/gmd:MD_Distributor/gmd:distributorTransferOptions/gmd:MD_DigitalTransferOptions/gmd:onLine/gmd:CI_OnlineResource`,
  ),
  groupField(
    'resource-locator-identification',
    '*',
    locator,
    'gmd:identificationInfo//gmd:CI_OnlineResource',
  ),
  textField('conformity-specification', '0..1', `${conformance}/gmd:specification`),
  textField('conformity-pass', '0..1', `${conformance}/gmd:pass/gco:Boolean/text()`),
  textField('conformity-explanation', '0..1', `${conformance}/gmd:explanation/${text}`),
  textField(
    'lineage',
    '0..1',
    `gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:lineage/gmd:LI_Lineage/gmd:statement/${text}`,
  ),
  groupField(
    'browse-graphic',
    '*',
    [
      textField('file', '0..1', `gmd:fileName/${text}`),
      textField('description', '0..1', `gmd:fileDescription/${text}`),
      textField('type', '0..1', `gmd:fileType/${text}`),
    ],
    ...either('gmd:graphicOverview/gmd:MD_BrowseGraphic'),
  ),
] as const;

/** All values of a record, by the names of the table. */
export type IsoValues = ValuesOf<typeof isoFields>;
export type Locator = ValuesOf<typeof locator>;
export type Party = ValuesOf<typeof party>;
