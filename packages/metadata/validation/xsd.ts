import { XmlDocument as Documents, type XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import type { Finding } from './finding.ts';
import { readSchemaFile, registerSchemaFolder, schemaUrl } from './schema_files.ts';

const compiled = new Map<string, XsdValidator>();

/** Checks a record by a schema of the folder, in the words of libxml2. @returns nothing when it is valid */
export function validateXsd(document: XmlDocument, schema: string): Finding[] {
  try {
    schemaOf(schema).validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message, line }) => ({ message: message.trim(), line: line || null }));
  }
}

/** Compiled at its first use (some 200 ms) and kept. */
function schemaOf(name: string): XsdValidator {
  let validator = compiled.get(name);
  if (!validator) {
    registerSchemaFolder();
    const source = Documents.fromBuffer(readSchemaFile(name), { url: schemaUrl(name) });
    validator = XsdValidator.fromDoc(source);
    source.dispose();
    compiled.set(name, validator);
  }
  return validator;
}
