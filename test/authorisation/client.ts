export interface Server {
  url: string;
  /** Token of a sysadmin. */
  token: string;
  /** Where given, it is told of every call that succeeds. */
  done?(action: string, result: unknown): void;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: any action's result
  result: any;
  /** Why it was refused: CKAN's error dict, or the text of an answer without one. */
  error?: unknown;
}

/** Calls an action by POST with JSON; `null` for nobody. */
export async function ask(
  server: Server,
  action: string,
  params: object,
  token: string | null,
): Promise<Answer> {
  const response = await fetch(`${server.url}/api/3/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: token } : {}) },
    body: JSON.stringify(params),
  });
  const text = await response.text();
  if (!text.startsWith('{')) return { status: response.status, result: undefined, error: text };
  const { result, error } = JSON.parse(text);
  if (response.status === 200) server.done?.(action, result);
  return { status: response.status, result, error };
}

/** Calls an action that has to succeed, as the sysadmin. */
export async function must(server: Server, action: string, params: object, token = server.token) {
  const { status, result } = await ask(server, action, params, token);
  if (status !== 200) throw new Error(`${action} ${JSON.stringify(params)} answered ${status}`);
  return result;
}
