// Characters that no term holds: XML has none of them, so Solr never had either.

/** Parts terms at one place of a text. */
export const stackMark = '\u0001';

/** Stands at a place without a term. */
export const gapMark = '\u0002';

/** Ends the name of a field before a term or value of it. */
export const nameMark = '\u0003';

/** What follows every term of a name, in the order of code points. */
export const afterName = '\u0004';

const marks = new RegExp(`[${stackMark}-${afterName}]`, 'g');

export const withoutMarks = (term: string): string => term.replace(marks, '');
