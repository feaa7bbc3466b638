import { describe, expect, it } from 'vitest';
import { isoRecord } from '../../../test/harness/iso_record.ts';
import { withXml } from '../xml/document.ts';
import { validateRecord } from './validate.ts';

const gemini = ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'];
const check = (text: string, profiles: string[]) =>
  withXml(text, (document) => validateRecord(document, profiles));

describe('validation', () => {
  it('takes a record that keeps to the schema of 2006, to that of 2007, and to GEMINI', () => {
    expect(check(isoRecord(), ['iso19139', 'constraints', 'gemini2', ...gemini])).toEqual([]);
  });

  it('tells what the schema says, with the line', () => {
    const record = isoRecord().replace('  <gmd:language>', '  <gmd:tongue/>\n  <gmd:language>');
    const [first, second] = check(record, ['iso19139']);
    expect(first).toEqual({ message: 'Dataset schema (gmx.xsd) Validation Error', line: null });
    expect(second?.message).toMatch(
      /^Element '\{http:\/\/www\.isotc211\.org\/2005\/gmd\}tongue': This element is not expected\. Expected is one of \( /,
    );
    expect(second?.line).toBe(3);
  });

  it('stops at the first profile that finds something', () => {
    const record = isoRecord().replace(/<gmd:descriptiveKeywords>[\s\S]*?<\/gmd:descriptiveKeywords>/, '');
    expect(check(record, gemini).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Error Message: "Descriptive keywords are mandatory\." {2}Error Location: "\/\*\[local-name/,
      ),
    ]);
    const worse = record.replace(/<gmd:distributionFormat>[\s\S]*?<\/gmd:distributionFormat>/, '');
    expect(check(worse, gemini)[0]?.message).toContain('count(distributionFormat + distributorFormat) > 0');
  });

  it('needs to know what a record describes', () => {
    const record = isoRecord().replaceAll('"dataset">dataset<', '"teapot">teapot<');
    expect(check(record, gemini)).toEqual([
      { message: 'Metadata type not recognised "teapot" - cannot choose an ISO19139 validator.', line: null },
    ]);
  });

  it('says which profiles it does not have', () => {
    for (const profile of ['fgdc', 'iso19139ngdc', 'nonsense'])
      expect(check(isoRecord(), [profile])[0]?.message).toContain(profile);
  });

  it('judges an element that stands in for another by the rules of that other', () => {
    const standIn = isoRecord().replace(
      '<gmd:descriptiveKeywords>',
      `<gmd:resourceConstraints><tea:Law xmlns:tea="http://tea.test" gco:isoType="gmd:MD_LegalConstraints">
        <gmd:accessConstraints><gmd:MD_RestrictionCode codeListValue="otherRestrictions">-</gmd:MD_RestrictionCode></gmd:accessConstraints>
      </tea:Law></gmd:resourceConstraints><gmd:descriptiveKeywords>`,
    );
    const found = check(standIn, ['constraints-1.4']).map(({ message }) => message);
    expect(found).toEqual([expect.stringContaining('tea.test')]);
    expect(check(standIn.replace('gmd:MD_LegalConstraints"', 'gmd:Other"'), ['constraints-1.4'])).toEqual([]);
  });
});
