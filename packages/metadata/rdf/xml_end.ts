import { SaxesParser } from 'saxes';

/** An entity of a DOCTYPE that is told by other entities. */
const nested =
  /<!ENTITY\s+%?\s*(\S+)\s+(?:"[^"]*&(?!#)(?!(?:amp|lt|gt|quot|apos);)[^"]*"|'[^']*&(?!#)(?!(?:amp|lt|gt|quot|apos);)[^']*')/;

/**
 * Notices that an XML document breaks off, which the RDF parser does not: half of a catalogue must not pass for a
 * catalogue that has lost the other half; and entities that hold entities, of which it would take the names for text.
 * Everything else is left to the RDF parser.
 */
export function xmlEnd(): { write(piece: string): void; close(): void } {
  const parser = new SaxesParser();
  let closing = false;
  parser.on('error', (error) => {
    if (closing) throw error;
  });
  let entity: string | undefined;
  parser.on('doctype', (doctype) => {
    entity ??= nested.exec(doctype)?.[1];
  });
  return {
    write: (piece) => void parser.write(piece),
    close() {
      if (entity !== undefined)
        throw new Error(`The entity ${entity} holds other entities, which is not allowed`);
      closing = true;
      parser.close();
    },
  };
}
