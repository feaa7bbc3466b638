import type { Action } from './declaration.ts';

/** The text of help_show and `portolan action NAME --help`, from the declaration. */
export function helpText(action: Action): string {
  const lines = [action.summary, ''];
  for (const [name, { type, required, meaning }] of Object.entries(action.parameters))
    lines.push(`:param ${name}: ${meaning}`, `:type ${name}: ${type}${required ? '' : ', optional'}`);
  lines.push('', action.effect === 'read' ? 'Changes nothing: GET or POST.' : 'Changes data: POST.');
  return lines.join('\n');
}
