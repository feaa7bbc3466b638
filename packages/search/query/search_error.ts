import { PortolanError } from '@portolan/kernel';
import { pythonRepr } from './python_text.ts';

/** 400: the parameters make no search. */
export const searchQueryError = (text: string): PortolanError =>
  new PortolanError('searchQuery', pythonRepr(text));

/** 409, with the text as it is. */
export const searchError = (text: string, cause?: unknown): PortolanError =>
  new PortolanError('search', pythonRepr(text), { cause });

/** Characters of a query, and of what is wrong with it, that an answer repeats: nobody reads more. */
const longestRepeated = 4000;

const repeated = (text: string): string =>
  pythonRepr(text.length > longestRepeated ? `${text.slice(0, longestRepeated)}…` : text);

/** 409 in the words in which CKAN passes on what its engine says about a query. */
export const engineError = (query: string, problem: string, cause?: unknown): PortolanError =>
  new PortolanError(
    'search',
    pythonRepr(`SOLR returned an error running query: ${repeated(query)} Error: ${repeated(problem)}`),
    { cause },
  );
