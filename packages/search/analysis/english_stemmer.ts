// The English (Porter2) algorithm as published at snowballstem.org, in the version that Lucene 9 carries.
// Written out because the registry's ports differ from it in the words that data portals are full of.

const vowel = 'aeiouy';
const isVowel = (letter: string | undefined) => letter !== undefined && vowel.includes(letter);

const exceptions = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
]);
for (const word of ['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes']) exceptions.set(word, word);

const finalAfterPlural = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
]);

/** Longest first, so that the first ending that fits is the longest. */
const ordered = (endings: [string, string][]) => endings.sort((a, b) => b[0].length - a[0].length);

const secondStep = ordered([
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['entli', 'ent'],
  ['izer', 'ize'],
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['alli', 'al'],
  ['fulness', 'ful'],
  ['ousli', 'ous'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['bli', 'ble'],
  ['ogi', 'og'],
  ['fulli', 'ful'],
  ['lessli', 'less'],
  ['li', ''],
]);

const thirdStep = ordered([
  ['tional', 'tion'],
  ['ational', 'ate'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
  ['ative', ''],
]);

const fourthStep = ordered(
  'al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion'
    .split(' ')
    .map((ending): [string, string] => [ending, '']),
);

interface Regions {
  first: number;
  second: number;
}

const firstRegionPrefixes = ['gener', 'commun', 'arsen'];

function afterVowelConsonant(word: string, from: number): number {
  for (let index = from + 1; index < word.length; index++)
    if (!isVowel(word[index]) && isVowel(word[index - 1])) return index + 1;
  return word.length;
}

function regionsOf(word: string): Regions {
  const prefix = firstRegionPrefixes.find((candidate) => word.startsWith(candidate));
  const first = prefix ? prefix.length : afterVowelConsonant(word, 0);
  return { first, second: afterVowelConsonant(word, first) };
}

// A `y` that counts as a consonant is written `Y` until the end.
function markConsonantY(word: string): string {
  let marked = '';
  for (let index = 0; index < word.length; index++) {
    const letter = word[index]!;
    marked += letter === 'y' && (index === 0 || isVowel(marked[index - 1])) ? 'Y' : letter;
  }
  return marked;
}

function endsInShortSyllable(word: string): boolean {
  const [a, b, c] = [word.at(-3), word.at(-2), word.at(-1)];
  if (word.length === 2) return isVowel(word[0]) && !isVowel(c);
  if (word.length < 3) return false;
  return !isVowel(a) && isVowel(b) && !isVowel(c) && !'wxY'.includes(c!);
}

const isShort = (word: string, regions: Regions) => regions.first >= word.length && endsInShortSyllable(word);
const hasVowel = (text: string) => [...text].some(isVowel);

function removePossessive(word: string): string {
  return word.replace(/'s'$|'s$|'$/, '');
}

function removePlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(?:us|ss)$/.test(word)) return word;
  if (word.endsWith('s') && hasVowel(word.slice(0, -2))) return word.slice(0, -1);
  return word;
}

function removePastOrGerund(word: string, regions: Regions): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed) return eed.index >= regions.first ? `${word.slice(0, eed.index)}ee` : word;
  const ending = /(?:ed|ing)(?:ly)?$/.exec(word);
  if (!ending || !hasVowel(word.slice(0, ending.index))) return word;
  const stem = word.slice(0, ending.index);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return isShort(stem, regions) ? `${stem}e` : stem;
}

function finalYToI(word: string): string {
  return word.length > 2 && /[yY]$/.test(word) && !isVowel(word.at(-2)) ? `${word.slice(0, -1)}i` : word;
}

function replaceDerived(word: string, regions: Regions): string {
  for (const [ending, replacement] of secondStep) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    if (stem.length < regions.first) return word;
    if (ending === 'ogi' && !stem.endsWith('l')) return word;
    if (ending === 'li' && !/[cdeghkmnrt]$/.test(stem)) return word;
    return stem + replacement;
  }
  return word;
}

function replaceAdjectival(word: string, regions: Regions): string {
  for (const [ending, replacement] of thirdStep) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    const region = ending === 'ative' ? regions.second : regions.first;
    return stem.length < region ? word : stem + replacement;
  }
  return word;
}

function removeResidual(word: string, regions: Regions): string {
  for (const [ending] of fourthStep) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    if (stem.length < regions.second) return word;
    return ending === 'ion' && !/[st]$/.test(stem) ? word : stem;
  }
  return word;
}

function removeFinalE(word: string, regions: Regions): string {
  const stem = word.slice(0, -1);
  if (word.endsWith('e')) {
    if (stem.length >= regions.second) return stem;
    return stem.length >= regions.first && !endsInShortSyllable(stem) ? stem : word;
  }
  return word.endsWith('ll') && stem.length >= regions.second ? stem : word;
}

/** The stem of a lower-case English word; words of one or two letters stay. */
export function stemEnglish(word: string): string {
  if (word.length < 3) return word;
  const exception = exceptions.get(word);
  if (exception !== undefined) return exception;
  let stem = markConsonantY(word.replace(/^'/, ''));
  const regions = regionsOf(stem);
  stem = removePlural(removePossessive(stem));
  if (finalAfterPlural.has(stem)) return stem;
  stem = finalYToI(removePastOrGerund(stem, regions));
  stem = replaceAdjectival(replaceDerived(stem, regions), regions);
  stem = removeFinalE(removeResidual(stem, regions), regions);
  return stem.replaceAll('Y', 'y');
}
