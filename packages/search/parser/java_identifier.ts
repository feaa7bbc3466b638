// biome-ignore lint/suspicious/noControlCharactersInRegex: Java takes most of them for parts of a name
const part = /^[\0-\x08\x0e-\x1b\x7f-\x9f\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}\p{Cf}]$/u;

/** Java's own idea of a letter of a name, by which Solr tells a field from a word with a colon in it. */
export const isJavaIdentifierPart = (character: string | undefined): boolean =>
  character !== undefined && part.test(character);
