import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sniffMediaType } from './sniff.rules.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const pngStart = hex('89504e470d0a1a0a 0000000d 49484452 00000001 00000001 08060000001f15c489');
const profile = Buffer.concat([hex('00002328'), Buffer.from('iCCP'), Buffer.alloc(4051, 1)]);

test.each<[string, Uint8Array, string, string | undefined]>([
  ['nothing', Buffer.alloc(0), 'application/x-empty', undefined],
  ['a PNG', pngStart, 'image/png', '.png'],
  ['a PNG with a long profile', Buffer.concat([pngStart, profile]), 'image/png', '.png'],
  [
    'a PNG without its header',
    hex(`89504e470d0a1a0a ${'00'.repeat(64)}`),
    'application/octet-stream',
    undefined,
  ],
  ['a GIF', Buffer.from('GIF89a\u0001'), 'image/gif', '.gif'],
  ['a JPEG', hex('ffd8ffe0 0010 4a464946 00'), 'image/jpeg', '.jpg'],
  ['a WebP', Buffer.from('RIFF$\0\0\0WEBPVP8 \0\0\0\0'), 'image/webp', '.webp'],
  ['a PDF', Buffer.from('%PDF-1.4\n'), 'application/pdf', '.pdf'],
  ['text', Buffer.from('not an image'), 'text/plain', '.txt'],
  ['a fragment of HTML', Buffer.from('<p>x'), 'text/plain', '.txt'],
  ['text in UTF-8', Buffer.from('grüße'), 'text/plain', '.txt'],
  ['text in Latin-1', Buffer.from('grüße', 'latin1'), 'text/plain', '.txt'],
  ['text in UTF-16', hex('fffe 6100 6200'), 'text/plain', '.txt'],
  ['one character', Buffer.from('G'), 'application/octet-stream', undefined],
  ['other bytes', hex('000102fffe'), 'application/octet-stream', undefined],
  ['HTML', Buffer.from('\n<!DOCTYPE html><p>x'), 'text/html', '.html'],
  ['a script', Buffer.from('<!-- x --><script>alert(1)</script>'), 'text/html', '.html'],
  ['XML', Buffer.from("<?xml version='1.0'?><a/>"), 'text/xml', '.xml'],
  ['SVG', Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), 'image/svg+xml', '.svg'],
  [
    'SVG after a declaration',
    Buffer.from('<?xml version="1.0"?>\n<!-- a --><svg/>'),
    'image/svg+xml',
    '.svg',
  ],
])('%s is told by its bytes', async (_, head, mediaType, extension) => {
  expect(await sniffMediaType(head)).toEqual({ mediaType, extension });
});

test('any bytes have a type', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        ...['', 'GIF8', '<svg', '<?xml', 'RIFF', 'PK\x03\x04'].map((start) => Buffer.from(start)),
        pngStart,
      ),
      fc.uint8Array({ maxLength: 4096 }),
      async (start, rest) => {
        expect((await sniffMediaType(Buffer.concat([start, rest]))).mediaType).toMatch(/^[a-z]+\/[\w.+-]+/);
      },
    ),
  );
});

test('text made to be read many times over is read once', async () => {
  for (const part of ['<!---->', '<!--', '<?x>', ' ', '<!doctype svg>'])
    expect((await sniffMediaType(Buffer.from(part.repeat(4096 / part.length)))).mediaType).toBe('text/plain');
});
