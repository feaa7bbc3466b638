import { describe, expect, it } from 'vitest';
import { detectLicence } from './licence.rules.ts';

describe('a free text about a licence', () => {
  it.each([
    ['Open Government Licence', 'uk-ogl', undefined],
    ['UK Open Government License v3.0', 'uk-ogl', undefined],
    ['OGL', 'uk-ogl', undefined],
    ['OGL terms and conditions apply', 'uk-ogl', undefined],
    ['Link to the Open Government Licence for public sector information', 'uk-ogl', undefined],
    ['https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/', 'uk-ogl', undefined],
    [
      'Open Government Licence, but ask the harbour master first',
      'uk-ogl',
      'Open Government Licence, but ask the harbour master first',
    ],
    ['By arrangement', '', 'By arrangement'],
    ['Mogli', '', 'Mogli'],
    ['', '', undefined],
  ])('%s', (text, license_id, licence) => expect(detectLicence(text)).toEqual({ license_id, licence }));
});
