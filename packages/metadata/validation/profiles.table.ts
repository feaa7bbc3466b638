// The validation profiles a source can ask for, in the order in which CKAN's messages list them.
import type { XmlDocument } from 'libxml2-wasm';
import { readIsoValue } from '../iso/read_record.ts';
import type { Finding } from './finding.ts';
import { validateSchematron } from './schematron.ts';
import { validateXsd } from './xsd.ts';

export interface ValidationProfile {
  name: string;
  title: string;
  /** @returns what is wrong with the record, nothing when it is valid */
  check(document: XmlDocument): Finding[];
}

const dataset = 'Dataset schema (gmx.xsd)';
const services = 'Service schemas (gmx.xsd & srv.xsd)';
const iso2006 = 'ogc/iso/19139/20060504';
const iso2007 = 'ogc/iso/19139/20070417';

const xsd = (document: XmlDocument, schema: string, name: string): Finding[] => {
  const findings = validateXsd(document, schema);
  return findings.length === 0 ? [] : [{ message: `${name} Validation Error`, line: null }, ...findings];
};

const schematron = (name: string, title: string, file: string): ValidationProfile => ({
  name,
  title,
  check: (document) => validateSchematron(document, `schematron/${file}`),
});

/** Known by name, so that sources of a CKAN can be taken over, but without schemas that may be passed on. */
const unavailable = (name: string, title: string): ValidationProfile => ({
  name,
  title,
  check: () => [{ message: `Validation profile ${name} is not available`, line: null }],
});

function checkEden(document: XmlDocument): Finding[] {
  const [type = 'dataset'] = readIsoValue(document, 'resource-type');
  if (type === 'dataset' || type === 'series') return xsd(document, `${iso2007}/gmx/gmx.xsd`, dataset);
  if (type === 'service') return xsd(document, `${iso2007}/gmx_and_srv.xsd`, services);
  return [
    {
      message: `Metadata type not recognised "${type}" - cannot choose an ISO19139 validator.`,
      line: null,
    },
  ];
}

export const validationProfiles: readonly ValidationProfile[] = [
  {
    name: 'iso19139',
    title: 'ISO19139 XSD Schema',
    check: (document) => xsd(document, `${iso2006}/gmx/gmx.xsd`, dataset),
  },
  { name: 'iso19139eden', title: 'ISO19139 XSD Schema (EDEN 2009-03-16)', check: checkEden },
  unavailable('iso19139ngdc', 'ISO19139 XSD Schema (NGDC)'),
  unavailable('fgdc', 'FGDC XSD Schema'),
  schematron(
    'constraints',
    'ISO19139 Table A.1 Constraints Schematron (Medin 1.3)',
    'ISOTS19139A1Constraints_v1.3.sch',
  ),
  schematron(
    'constraints-1.4',
    'ISO19139 Table A.1 Constraints Schematron (Medin/Parslow 1.4)',
    'ISOTS19139A1Constraints_v1.4.sch',
  ),
  schematron('gemini2', 'GEMINI 2.1 Schematron 1.2', 'gemini2-schematron-20110906-v1.2.sch'),
  schematron('gemini2-1.3', 'GEMINI 2.1 Schematron 1.3', 'Gemini2_R1r3.sch'),
];
