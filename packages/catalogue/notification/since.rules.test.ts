import { expect, it } from 'vitest';
import { parseSpan } from './since.rules.ts';

it.each([
  ['2 days', 172_800_000],
  ['1 day', 86_400_000],
  ['4:35:00', 16_500_000],
  ['7 days, 3:23:34', 7 * 86_400_000 + 12_214_000],
  ['.5 days', undefined],
  ['', undefined],
  ['soon', undefined],
])('%s is %s milliseconds', (text, span) => expect(parseSpan(text)).toBe(span));
