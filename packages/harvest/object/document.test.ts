import { expect, it } from 'vitest';
import { documentOf } from './document.ts';

it.each([
  ['<a>é</a>', 'application/xml; charset=utf-8', '<?xml version="1.0" encoding="UTF-8"?>\n<a>é</a>'],
  ['<?xml version="1.0"?>\n<a/>', 'application/xml; charset=utf-8', '<?xml version="1.0"?>\n<a/>'],
  ['{"a": "é"}', 'application/json; charset=utf-8', '{"a": "é"}'],
  ['plain <b>text</b>', 'text/html; charset=utf-8', 'plain <b>text</b>'],
  ['<script>alert(1)', 'text/html; charset=utf-8', '<script>alert(1)'],
])('%j is served as %s', (text, type, body) => {
  expect(documentOf(text)).toEqual({ type, body: Buffer.from(body) });
});
