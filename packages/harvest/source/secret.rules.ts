import { pythonJson } from '../text/python_json.rules.ts';

const secretKeys = new Set(['api_key', 'password', 'token', 'authorization']);
const isSecret = (key: string): boolean => secretKeys.has(key.toLowerCase());

/** Stands for a secret in what is shown to those who may not change the source. */
export const secretMask = '********';

/** A configuration without its secrets; the text stays as it was entered when it has none. */
export function maskConfig(
  text: string,
  config: Record<string, unknown>,
): { text: string; config: Record<string, unknown> } {
  if (!Object.keys(config).some(isSecret)) return { text, config };
  const masked = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, isSecret(key) ? secretMask : value]),
  );
  return { text: pythonJson(masked), config: masked };
}

/** A mask that is sent back keeps what is stored. */
export function unmaskConfig(text: string, stored: string | null | undefined): string {
  if (!text.includes(secretMask) || !stored) return text;
  try {
    const sent = JSON.parse(text) as Record<string, unknown>;
    const kept = JSON.parse(stored) as Record<string, unknown>;
    for (const key of Object.keys(sent)) if (sent[key] === secretMask && isSecret(key)) sent[key] = kept[key];
    return pythonJson(sent);
  } catch {
    return text; // Not JSON: the check of the configuration says so.
  }
}
