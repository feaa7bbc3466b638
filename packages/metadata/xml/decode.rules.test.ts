import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanXml, decodeXml } from './decode.rules.ts';

const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

describe('the encoding of a document', () => {
  it.each([
    ['UTF-8', Buffer.from('<a>é</a>'), ''],
    ['UTF-8 that says it is UTF-16', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'), ''],
    ['UTF-8 whose header says it is UTF-16', Buffer.from('<a>é</a>'), 'text/xml; charset=utf-16'],
    ['UTF-8 with a mark', Buffer.from('\ufeff<a>é</a>'), 'text/xml; charset=latin1'],
    ['UTF-16 with a mark', utf16('\ufeff<a>é</a>'), ''],
    ['UTF-16, the other way round', utf16('\ufeff<a>é</a>', true), ''],
    ['UTF-16 without a mark', utf16('<a>é</a>'), 'text/xml; charset=utf-8'],
    ['Latin 1 by its header', Buffer.from('<a>é</a>', 'latin1'), 'text/xml; charset="ISO-8859-1"'],
    [
      'Latin 1 by its declaration',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1'),
      '',
    ],
    [
      'UTF-8 that names an encoding of its own',
      Buffer.from('<?xml version="1.0" encoding="klingon"?><a>é</a>'),
      '',
    ],
  ])('%s is read', (_, bytes, type) => {
    expect(cleanXml(decodeXml(bytes, type))).toBe('<a>é</a>');
  });

  it('is never a reason to fail', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, type) => {
        expect(typeof decodeXml(bytes, type)).toBe('string');
      }),
    );
  });
});

it('what stands before the first < goes, and a text without one is no document', () => {
  expect(cleanXml('\n rubbish <?xml version="1.0"?>\n<a/>')).toBe('<a/>');
  expect(cleanXml('nothing here')).toBeUndefined();
});
