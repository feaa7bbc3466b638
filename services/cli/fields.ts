import { CommandError } from './environment.ts';

/** `email=…`, `password=…` and the like behind a command. @throws CommandError for what is no such field */
export function readFields(given: readonly string[], known: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const one of given) {
    const at = one.indexOf('=');
    const key = one.slice(0, at);
    if (at < 0 || !known.includes(key))
      throw new CommandError(`Could not parse arg: '${one}' (expected "<option>=<value>")`, 2);
    fields[key] = one.slice(at + 1);
  }
  return fields;
}
