import type { FieldType } from '../schema/field_type.ts';
import { foldToAscii } from './ascii_folding.ts';
import { stemEnglish } from './english_stemmer.ts';
import { Generations } from './generations.ts';
import { lowerCase } from './lower_case.ts';
import { defaultSynonyms, type Synonyms } from './synonyms.ts';
import type { Token } from './token.ts';
import { isSpaceAt } from './white_space.ts';
import { joins, splitWord, type WordPart } from './word_delimiter.ts';

type Tokenised = Extract<FieldType, 'text' | 'text_general'>;

/** Solr's own limit; what is longer cannot be a word. */
const longestToken = 255;

/** None of them is empty; what is longer than `longest` is cut into several. */
function wordsOf(text: string, longest = longestToken): string[] {
  const words: string[] = [];
  for (let end = 0; end < text.length; end++) {
    const start = end;
    while (end < text.length && !isSpaceAt(text, end)) end++;
    for (let from = start; from < end; from += longest)
      words.push(text.slice(from, Math.min(from + longest, end)));
  }
  return words;
}

/** Texts repeat words, and words parts; stemming them is most of what indexing a text costs. */
const mostRemembered = 50_000;

const normalisations: Record<Tokenised, (part: string) => string> = {
  text: (part) => foldToAscii(stemEnglish(lowerCase(part))),
  text_general: (part) => lowerCase(part),
};
const terms: Record<Tokenised, Generations<string, string>> = {
  text: new Generations(mostRemembered),
  text_general: new Generations(mostRemembered),
};

const digits = /^\d+$/;

/** The term of a part of a word. Numbers are what they are, and too many to be remembered. */
const normalised = (part: string, type: Tokenised): string =>
  digits.test(part) ? part : terms[type].of(part, normalisations[type]);

// Runs of letter parts, and runs of digit parts, are also one term, at the place of the first.
function endOfRun(parts: WordPart[], from: number): number {
  let end = from + 1;
  while (end < parts.length && joins(parts[from]!, parts[end]!)) end++;
  return end;
}

/** The terms of one word, their places counted from its own. */
function analyseWord(word: string, type: Tokenised): AnalysedWord {
  const tokens: Token[] = [];
  const parts = splitWord(word, type === 'text');
  let end = 0;
  for (const [position, part] of parts.entries()) {
    if (position === end) {
      end = endOfRun(parts, position);
      const whole = parts.slice(position, end).map(({ text }) => text);
      if (whole.length > 1) tokens.push({ term: normalised(whole.join(''), type), position });
    }
    tokens.push({ term: normalised(part.text, type), position });
  }
  return { tokens, places: Math.max(1, parts.length) };
}

interface AnalysedWord {
  tokens: Token[];
  places: number;
}

const words: Record<Tokenised, Generations<string, AnalysedWord>> = {
  text: new Generations(mostRemembered),
  text_general: new Generations(mostRemembered),
};
const analysers: Record<Tokenised, (word: string) => AnalysedWord> = {
  text: (word) => analyseWord(word, 'text'),
  text_general: (word) => analyseWord(word, 'text_general'),
};

/** The terms of a text as they are stored. Source: the index analysers of CKAN's `schema.xml`. */
export function analyseForIndex(text: string, type: Tokenised): Token[] {
  const found: Token[] = [];
  const [known, analyse] = [words[type], analysers[type]];
  let start = 0;
  let isAfterHole = false;
  for (const word of wordsOf(text)) {
    const { tokens, places } = known.of(word, analyse);
    for (const { term, position } of tokens) found.push({ term, position: start + position });
    // Of several words in a row that are none, Lucene's FlattenGraphFilter leaves one place.
    if (tokens.length > 0 || !isAfterHole) start += places;
    isAfterHole = tokens.length === 0;
  }
  return found;
}

/** One position of a searched text: any of `terms`, of which the first is the word itself. */
export interface QueryPosition {
  position: number;
  terms: string[];
}

/**
 * The terms that a searched text stands for, in order; empty where nothing of it is a word. Who cannot use more than
 * `most` gets some more than that, and not all.
 */
export function analyseForQuery(
  text: string,
  type: FieldType,
  most = Number.POSITIVE_INFINITY,
  synonyms: Synonyms = defaultSynonyms,
): QueryPosition[] {
  if (type === 'text_ngram') {
    const words = wordsOf(text, Infinity);
    return words.map((word, position) => ({ position, terms: [lowerCase(word)] }));
  }
  const tokenised: Tokenised = type === 'text' ? 'text' : 'text_general';
  const normalise = normalisations[tokenised];
  const found: QueryPosition[] = [];
  let position = 0;
  for (const word of wordsOf(text)) {
    if (found.length > most) break;
    const group = synonyms.get(lowerCase(word));
    if (group) {
      // Words of a group that share a stem count as often as they are there, as in Lucene.
      found.push({ position, terms: group.map(normalise) });
      position++;
      continue;
    }
    const parts = splitWord(word, tokenised === 'text');
    for (const part of parts) {
      found.push({ position, terms: [normalise(part.text)] });
      position++;
    }
    if (parts.length === 0) position++;
  }
  return found;
}

/** A term of a wildcard, range, fuzzy or regular expression query: it is not split and not stemmed. */
export function normaliseTerm(text: string, type: FieldType): string {
  if (type === 'text') return foldToAscii(lowerCase(text));
  return type === 'string' ? text : lowerCase(text);
}
