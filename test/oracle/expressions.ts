import fc from 'fast-check';

const letter = fc.constantFrom(...'abdeflnorstuvz0129-'.split(''));
const single = fc.oneof(
  { weight: 6, arbitrary: letter },
  { weight: 3, arbitrary: fc.constantFrom('.', '@', '#', '()', '\\d', '\\W', '\\.', 'é') },
  { weight: 2, arbitrary: fc.constantFrom('[a-f]', '[^a-m]', '[\\d-]', '[^\\s]', '[.é]') },
  { weight: 1, arbitrary: fc.constantFrom('"wi-fi"', '"b."', '<1-30>', '<0019-2022>', '<5-1300>') },
);
const times = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,}', '{0,3}', '{0}') },
  { weight: 1, arbitrary: fc.constantFrom('{300}', '{2,260}') },
);

const { usual } = fc.letrec<{ usual: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'expression' },
    { weight: 5, arbitrary: single },
    { weight: 1, arbitrary: tie('usual').map((inside) => `(${inside})`) },
  ),
  usual: fc
    .array(
      fc
        .array(fc.tuple(tie('part'), times), { minLength: 1, maxLength: 5, depthIdentifier: 'expression' })
        .map((parts) => parts.flat().join('')),
      { minLength: 1, maxLength: 2 },
    )
    .map((choices) => choices.join('|')),
}));

/** A regular expression in Lucene's syntax between slashes; `&` and `~` are about the whole term. */
export const expression: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom('flo+d', 'b.s', '(air|bus).*', '[a-c]+', 'x?', '.{3}') },
    { weight: 6, arbitrary: usual },
    { weight: 1, arbitrary: usual.map((one) => `~(${one})`) },
    { weight: 1, arbitrary: fc.tuple(usual, usual).map(([one, other]) => `(${one})&(${other})`) },
    { weight: 1, arbitrary: fc.tuple(usual, usual).map(([one, other]) => `(${one})&~(${other})|b.*`) },
  )
  .map((inside) => `/${inside}/`);
