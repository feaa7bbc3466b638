import { SaxesParser } from 'saxes';

/**
 * Notices that an XML document breaks off, which the RDF parser does not: half of a catalogue must not pass for a
 * catalogue that has lost the other half. Everything else is left to the RDF parser.
 */
export function xmlEnd(): { write(piece: string): void; close(): void } {
  const parser = new SaxesParser();
  let closing = false;
  parser.on('error', (error) => {
    if (closing) throw error;
  });
  return {
    write: (piece) => void parser.write(piece),
    close() {
      closing = true;
      parser.close();
    },
  };
}
