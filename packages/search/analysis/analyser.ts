import type { FieldType } from '../schema/field_type.ts';
import { foldToAscii } from './ascii_folding.ts';
import { stemEnglish } from './english_stemmer.ts';
import { defaultSynonyms, type Synonyms } from './synonyms.ts';
import type { Token } from './token.ts';
import { splitWord, type WordPart } from './word_delimiter.ts';

type Tokenised = Extract<FieldType, 'text' | 'text_general'>;

/** Solr's own limit; what is longer cannot be a word. */
const longestToken = 255;

// Java's idea of white space, which is not JavaScript's: the no-break spaces are letters to it.
const whiteSpace = /[\t-\r \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(whiteSpace))
    for (let start = 0; start < word.length; start += longestToken)
      words.push(word.slice(start, start + longestToken));
  return words;
}

const normalisers: Record<Tokenised, (word: string) => string> = {
  text: (word) => foldToAscii(stemEnglish(word.toLowerCase())),
  text_general: (word) => word.toLowerCase(),
};

// Runs of letter parts, and runs of digit parts, are also one term, at the place of the first.
function catenated(parts: WordPart[], from: number): string | undefined {
  const run = [];
  for (let index = from; parts[index]?.isNumber === parts[from]!.isNumber; index++)
    run.push(parts[index]!.text);
  return run.length > 1 ? run.join('') : undefined;
}

/** The terms of one word, their places counted from its own. */
function analyseWord(word: string, type: Tokenised): AnalysedWord {
  const normalise = normalisers[type];
  const tokens: Token[] = [];
  const parts = splitWord(word, type === 'text');
  for (const [position, part] of parts.entries()) {
    if (parts[position - 1]?.isNumber !== part.isNumber) {
      const whole = catenated(parts, position);
      if (whole !== undefined) tokens.push({ term: normalise(whole), position });
    }
    tokens.push({ term: normalise(part.text), position });
  }
  return { tokens, places: Math.max(1, parts.length) };
}

interface AnalysedWord {
  tokens: Token[];
  places: number;
}

/** Words remembered by type: texts repeat them, and stemming is most of what indexing a text costs. */
const mostRemembered = 50_000;
const remembered: Record<Tokenised, Map<string, AnalysedWord>> = { text: new Map(), text_general: new Map() };

function analysedWord(word: string, type: Tokenised): AnalysedWord {
  const known = remembered[type];
  let analysed = known.get(word);
  if (!analysed) {
    analysed = analyseWord(word, type);
    if (known.size >= mostRemembered) known.clear();
    known.set(word, analysed);
  }
  return analysed;
}

/** The terms of a text as they are stored. Source: the index analysers of CKAN's `schema.xml`. */
export function analyseForIndex(text: string, type: Tokenised): Token[] {
  const found: Token[] = [];
  let start = 0;
  for (const word of wordsOf(text)) {
    if (word === '') continue;
    const { tokens, places } = analysedWord(word, type);
    for (const { term, position } of tokens) found.push({ term, position: start + position });
    start += places;
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
    const words = text.split(whiteSpace).filter(Boolean);
    return words.map((word, position) => ({ position, terms: [word.toLowerCase()] }));
  }
  const tokenised: Tokenised = type === 'text' ? 'text' : 'text_general';
  const normalise = normalisers[tokenised];
  const found: QueryPosition[] = [];
  let position = 0;
  for (const word of wordsOf(text)) {
    if (found.length > most) break;
    if (word === '') continue;
    const group = synonyms.get(word.toLowerCase());
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
  if (type === 'text') return foldToAscii(text.toLowerCase());
  return type === 'string' ? text : text.toLowerCase();
}
