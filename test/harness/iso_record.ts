const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (character) => escapes[character] ?? '');
const string = (text: string) => `<gco:CharacterString>${escaped(text)}</gco:CharacterString>`;
const code = (name: string, value: string) =>
  `<gmd:${name} codeList="http://codes.test/#${name}" codeListValue="${value}">${value}</gmd:${name}>`;

export interface InventedRecord {
  guid?: string;
  title?: string;
  abstract?: string;
  date?: string;
  keywords?: string[];
  /** West, east, south, north, as they stand. */
  bbox?: [string, string, string, string];
  url?: string;
  protocol?: string;
  /** What its use is limited to. */
  limitation?: string;
  /** Further children of the record's legal constraints. */
  constraints?: string;
}

/** An invented ISO 19139 record of a dataset, valid by the schema of 2006 and by GEMINI 2.1’s rules. */
export function isoRecord(record: InventedRecord = {}): string {
  const {
    guid = 'invented-1',
    title = 'Tea houses',
    abstract = 'All tea houses.',
    date = '2026-01-02',
  } = record;
  const {
    keywords = ['tea'],
    bbox = ['-1', '1', '50', '52'],
    url = 'http://tea.test/houses.csv',
    protocol = '',
    limitation = 'Open',
  } = record;
  const party = (element: string, role: string) => `<gmd:${element}><gmd:CI_ResponsibleParty>
    <gmd:organisationName>${string('Ministry of Tea')}</gmd:organisationName>
    <gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>
      <gmd:electronicMailAddress>${string('tea@tea.test')}</gmd:electronicMailAddress>
    </gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>
    <gmd:role>${code('CI_RoleCode', role)}</gmd:role></gmd:CI_ResponsibleParty></gmd:${element}>`;
  const side = (name: string, value: string) =>
    `<gmd:${name}><gco:Decimal>${value}</gco:Decimal></gmd:${name}>`;
  return `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">
  <gmd:fileIdentifier>${string(guid)}</gmd:fileIdentifier>
  <gmd:language>${code('LanguageCode', 'eng')}</gmd:language>
  <gmd:hierarchyLevel>${code('MD_ScopeCode', 'dataset')}</gmd:hierarchyLevel>
  ${party('contact', 'pointOfContact')}
  <gmd:dateStamp><gco:Date>${date}</gco:Date></gmd:dateStamp>
  <gmd:identificationInfo><gmd:MD_DataIdentification>
    <gmd:citation><gmd:CI_Citation>
      <gmd:title>${string(title)}</gmd:title>
      <gmd:date><gmd:CI_Date><gmd:date><gco:Date>2026-01-01</gco:Date></gmd:date>
        <gmd:dateType>${code('CI_DateTypeCode', 'publication')}</gmd:dateType></gmd:CI_Date></gmd:date>
      <gmd:identifier><gmd:MD_Identifier><gmd:code>${string('tea-1')}</gmd:code></gmd:MD_Identifier></gmd:identifier>
    </gmd:CI_Citation></gmd:citation>
    <gmd:abstract>${string(abstract)}</gmd:abstract>
    ${party('pointOfContact', 'owner')}
    <gmd:descriptiveKeywords><gmd:MD_Keywords>${keywords
      .map((keyword) => `<gmd:keyword>${string(keyword)}</gmd:keyword>`)
      .join('')}</gmd:MD_Keywords></gmd:descriptiveKeywords>
    <gmd:resourceConstraints><gmd:MD_Constraints>
      <gmd:useLimitation>${string(limitation)}</gmd:useLimitation>
    </gmd:MD_Constraints></gmd:resourceConstraints>
    <gmd:resourceConstraints><gmd:MD_LegalConstraints>
      <gmd:accessConstraints>${code('MD_RestrictionCode', 'otherRestrictions')}</gmd:accessConstraints>
      ${record.constraints ?? `<gmd:otherConstraints>${string('None')}</gmd:otherConstraints>`}
    </gmd:MD_LegalConstraints></gmd:resourceConstraints>
    <gmd:language>${code('LanguageCode', 'eng')}</gmd:language>
    <gmd:topicCategory><gmd:MD_TopicCategoryCode>economy</gmd:MD_TopicCategoryCode></gmd:topicCategory>
    <gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>
      ${side('westBoundLongitude', bbox[0])}${side('eastBoundLongitude', bbox[1])}
      ${side('southBoundLatitude', bbox[2])}${side('northBoundLatitude', bbox[3])}
    </gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>
  </gmd:MD_DataIdentification></gmd:identificationInfo>
  <gmd:distributionInfo><gmd:MD_Distribution>
    <gmd:distributionFormat><gmd:MD_Format><gmd:name>${string('CSV')}</gmd:name><gmd:version>${string('1')}</gmd:version></gmd:MD_Format></gmd:distributionFormat>
    <gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine><gmd:CI_OnlineResource>
      <gmd:linkage><gmd:URL>${escaped(url)}</gmd:URL></gmd:linkage>
      ${protocol === '' ? '' : `<gmd:protocol>${string(protocol)}</gmd:protocol>`}
      <gmd:name>${string('Houses')}</gmd:name>
    </gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions>
  </gmd:MD_Distribution></gmd:distributionInfo>
  <gmd:dataQualityInfo><gmd:DQ_DataQuality>
    <gmd:scope><gmd:DQ_Scope><gmd:level>${code('MD_ScopeCode', 'dataset')}</gmd:level></gmd:DQ_Scope></gmd:scope>
    <gmd:lineage><gmd:LI_Lineage><gmd:statement>${string('Counted by hand.')}</gmd:statement></gmd:LI_Lineage></gmd:lineage>
  </gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>`;
}
