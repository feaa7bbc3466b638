export interface Server {
  url: string;
  /** Token of a sysadmin. */
  token: string;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: any action's result
  result: any;
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
  return { status: response.status, result: text.startsWith('{') ? JSON.parse(text).result : undefined };
}

/** Calls an action that has to succeed, as the sysadmin. */
export async function must(server: Server, action: string, params: object, token = server.token) {
  const { status, result } = await ask(server, action, params, token);
  if (status !== 200) throw new Error(`${action} ${JSON.stringify(params)} answered ${status}`);
  return result;
}
