import { QuerySyntaxError } from './syntax_error.ts';

/** What no field is to blame for, and no field passes over. */
export class EscapeError extends QuerySyntaxError {}

/** The text without its escapes: `\x` is x, `\uXXXX` a code unit. @throws EscapeError */
export function resolveEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([\s\S]{0,4})|([\s\S])|$)/g, (_, code: string | undefined, plain?: string) => {
    if (code === undefined) {
      if (plain === undefined) throw new EscapeError('Term can not end with escape character.');
      return plain;
    }
    if (!/^[0-9A-Fa-f]{4}$/.test(code)) throw new EscapeError(`Non-hex character in Unicode escape: ${code}`);
    return String.fromCharCode(Number.parseInt(code, 16));
  });
}
