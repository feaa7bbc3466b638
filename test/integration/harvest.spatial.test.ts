import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanXml, decodeXml, validateRecord, withXml } from '@portolan/metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RemoteBench, remoteBench } from '../../packages/harvest/testing/remote_bench.ts';
import { testDatabase } from '../harness/database.ts';

const documents = '../shared/data/harvest';
const gemini = `${documents}/gemini/gemini2.1`;
const production = ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'];
const xml = (file: string) => cleanXml(decodeXml(readFileSync(file))) ?? '';

describe.skipIf(!existsSync(documents))('documents of data.gov.uk’s harvester', () => {
  let at: RemoteBench;
  beforeAll(async () => {
    at = await remoteBench((await testDatabase()).db);
  });
  afterAll(() => at?.close());

  it.each([
    ['01_Dataset_Invalid_XSD_No_Such_Element', 'nosuchelement'],
    [
      '02_Dataset_Invalid_19139_Missing_Data_Format',
      'MD_Distribution / MD_Format: count(distributionFormat + distributorFormat) > 0',
    ],
    ['03_Dataset_Invalid_GEMINI_Missing_Keyword', 'Descriptive keywords are mandatory'],
    ['04_Dataset_Valid', undefined],
    ['05_Series_Invalid_XSD_No_Such_Element', 'nosuchelement'],
    ['06_Series_Invalid_19139_Missing_Data_Format', 'MD_Distribution / MD_Format'],
    ['07_Series_Invalid_GEMINI_Missing_Keyword', 'Descriptive keywords are mandatory'],
    ['08_Series_Valid', undefined],
    ['09_Service_Invalid_No_Such_Element', 'nosuchelement'],
    [
      '10_Service_Invalid_19139_Level_Description',
      "DQ_Scope: 'levelDescription' is mandatory if 'level' notEqual 'dataset' or 'series'.",
    ],
    [
      '11_Service_Invalid_GEMINI_Service_Type',
      "Service type shall be one of 'discovery', 'view', 'download', 'transformation', 'invoke' or 'other'",
    ],
    ['12_Service_Valid', undefined],
  ])('%s fails with: %s', (name, message) => {
    const findings = withXml(xml(`${gemini}/validation/${name}.xml`), (document) =>
      validateRecord(document, production),
    );
    if (message === undefined) expect(findings).toEqual([]);
    else expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it('become datasets if they have an identifier, those that do not validate with an error', async () => {
    const files = readdirSync(`${gemini}/validation`).filter((name) => /^\d\d_/.test(name));
    at.remote.pages = Object.fromEntries(
      files.map((name) => [`/waf/${name}`, xml(`${gemini}/validation/${name}`)]),
    );
    at.remote.pages['/waf/'] = files.map((name) => `<a href="${name}">${name}</a>`).join('\n');
    const source = await at.newSource('gemini-waf', '/waf/', { validator_profiles: production });
    const { stats, errors, gatherErrors } = await at.harvest(source);
    // Those in which an unknown element stands where the identifier should be have none.
    const nameless = gatherErrors?.map(
      (message) => /Could not get the GUID for .*\/waf\/(\d\d)_/.exec(message)?.[1],
    );
    expect(nameless?.sort()).toEqual(['01', '01', '05', '09']);
    expect(stats['added']).toBe(files.length - 4);
    expect(new Set(errors.map(({ stage }) => stage))).toEqual(new Set(['Import']));
    // A second run finds all of them as they were.
    expect((await at.harvest(source)).stats).toMatchObject({ added: 0, updated: 0 });
  });

  it.each(['apache', 'nginx', 'iis'])(
    'the listing of %s leads to both records with their dates',
    async (dialect) => {
      const server =
        { apache: 'Apache/2.4.62', nginx: 'nginx/1.26.2', iis: 'Microsoft-IIS/10.0' }[dialect] ?? '';
      const page = (name: string) => ({
        headers: { server, 'content-type': 'text/html' },
        body: readFileSync(path.join(documents, 'waf-listings', `${dialect}-${name}.html`)),
      });
      const folder = dialect === 'iis' ? '/iis-folder/' : `/${dialect}/`;
      at.remote.pages = {
        [folder]: page('folder'),
        [`${folder}subfolder/`]: page('subfolder'),
        [`${folder}record-1.xml`]: xml(`${gemini}/dataset1.xml`).replace('test-dataset-1', `${dialect}-1`),
        [`${folder}subfolder/record-2.xml`]: xml(`${gemini}/service1.xml`).replace(
          'test-service-1',
          `${dialect}-2`,
        ),
      };
      const source = await at.newSource('waf', folder, { continue_on_validation_errors: true });
      expect((await at.harvest(source)).stats).toMatchObject({ added: 2 });
      const listed = await at.bench.site.db.rows<{ url: string; modified: string }>(
        `SELECT l.value AS url, d.value AS modified FROM harvest_object o
       JOIN harvest_object_extra l ON l.harvest_object_id = o.id AND l.key = 'waf_location'
       JOIN harvest_object_extra d ON d.harvest_object_id = o.id AND d.key = 'waf_modified_date'
       WHERE o.harvest_source_id = $1 ORDER BY 1`,
        [source],
      );
      expect(listed).toEqual([
        { url: `${at.remote.url}${folder}record-1.xml`, modified: '2024-11-07 15:00:00' },
        { url: `${at.remote.url}${folder}subfolder/record-2.xml`, modified: '2024-11-07 16:59:00' },
      ]);
    },
  );
});
