const secretName = /auth|token|secret|passw|api[-_]?key|^key$|signature|^sig$|credential|session|cookie/i;

/** Headers that identify the caller and therefore never leave the origin they were meant for. */
export const isSecretHeader = (name: string): boolean => secretName.test(name);

/** An address fit for a log line or an error text: no userinfo, no values of parameters that look secret. */
export function withoutSecrets(url: URL | string): string {
  if (typeof url === 'string' && !URL.canParse(url)) return '(not an address)';
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  if (!secretName.test(shown.search)) return shown.href;
  // Edited as text: URLSearchParams would re-encode the parameters that are kept.
  const parts = shown.search.slice(1).split('&');
  shown.search = parts
    .map((part) => (secretName.test(part.split('=')[0] ?? '') ? `${part.split('=')[0]}=***` : part))
    .join('&');
  return shown.href;
}
