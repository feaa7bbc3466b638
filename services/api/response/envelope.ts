import { asciiJson, JsonText } from '@portolan/catalogue';
import { errorTable, type PortolanError } from '@portolan/kernel';

const helpOf = (base: string, action: string) =>
  asciiJson(`${base}/api/3/action/help_show?name=${encodeURIComponent(action)}`);

/** `{"help", "success": true, "result"}`; a result that is text already is spliced in. */
export function successBody(base: string, action: string, result: unknown): string {
  const text = result instanceof JsonText ? result.text : asciiJson(result ?? null);
  return `{"help": ${helpOf(base, action)}, "success": true, "result": ${text}}`;
}

/** `{"help", "success": false, "error": {"__type", …}}`. */
export function errorBody(base: string, action: string, error: PortolanError): string {
  const message = error.publicMessage;
  const body = {
    ...(message === undefined ? {} : { message }),
    ...error.fields,
    __type: errorTable[error.code].type,
  };
  return `{"help": ${helpOf(base, action)}, "error": ${asciiJson(body)}, "success": false}`;
}
