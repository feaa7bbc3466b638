import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';

/** CKAN's envelope. */
export interface Envelope {
  success?: boolean;
  help?: string;
  // biome-ignore lint/suspicious/noExplicitAny: any action's result
  result?: any;
  error?: { __type: string; message?: string; [field: string]: unknown };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Envelope;
}

/** A name that no other test uses. */
export const newName = (what: string): string => `${what}-${randomUUID().slice(0, 8)}`;

/** Sends a request below the server under test. */
export const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(inject('url') + path, init);

/** A word that no other test uses: letters alone, so that no analyser takes it apart, and no ending that a stemmer cuts off. */
export const newWord = (): string =>
  `word${randomUUID()
    .replace(/\W/g, '')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'x')}k`;

/** Calls an action by POST with JSON; as the sysadmin unless another token, or `null` for nobody, is given. */
export async function call(
  action: string,
  params: unknown = {},
  token: string | null = inject('token'),
): Promise<Answer> {
  const response = await send(`/api/3/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: token } : {}) },
    body: JSON.stringify(params),
  });
  return read(response);
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : {},
  };
}

/** Calls an action that must succeed and returns its result. */
export async function succeed(action: string, params: unknown = {}, token?: string | null) {
  const { status, body } = await call(action, params, token);
  if (status !== 200) throw new Error(`${action} answered ${status}: ${JSON.stringify(body)}`);
  return body.result;
}

/** An organisation for a test's datasets. */
export const newOrganization = async (): Promise<string> => {
  const name = newName('org');
  await succeed('organization_create', { name, title: `Ministry ${name}` });
  return name;
};
