import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
/** The pattern of HTML's `input type=email`. */
const pattern = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${label}(?:\\.${label})*$`);

/** CKAN's `email_validator`: HTML's pattern, without a dot at the start or two in a row. */
export const email: Validator = (value) => {
  if (value === undefined || value === null || value === '') return value;
  const text = String(value);
  const wrong = !pattern.test(text) || text.startsWith('.') || text.includes('..');
  return wrong ? refuse(`Email ${text} is not a valid format`) : value;
};
