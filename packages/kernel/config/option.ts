/** One row of the configuration table. `key` is CKAN's name where CKAN has the setting, else `portolan.…`. */
export interface Option<Value> {
  key: string;
  /** Older or other names that mean the same. */
  aliases: string[];
  /** Environment variable that sets it; the conventional ones come on top, see `environmentNames`. */
  env: string | undefined;
  type: string;
  default: Value;
  meaning: string;
  secret: boolean;
  /** A live portal accepts another value (`portolan reset --settings`, later `config_option_update`). */
  runtime: boolean;
  parse(text: string): Value;
}

interface Common<Value> {
  key: string;
  default: Value;
  meaning: string;
  aliases?: string[];
  env?: string;
  secret?: boolean;
  runtime?: boolean;
}

function option<Value>(
  type: string,
  common: Common<NoInfer<Value>>,
  parse: (text: string) => Value,
): Option<Value> {
  return {
    aliases: [],
    env: undefined,
    secret: false,
    runtime: true,
    ...common,
    type,
    parse,
  };
}

/** Thrown by a parser with what it wants instead. */
export class WrongValue extends Error {}

const words: Record<string, boolean> = {};
for (const word of ['true', 'yes', 'on', 'y', 't', '1']) words[word] = true;
for (const word of ['false', 'no', 'off', 'n', 'f', '0']) words[word] = false;

export const bool = (common: Common<boolean>) =>
  option('boolean', common, (text) => {
    const value = words[text.trim().toLowerCase()];
    if (value === undefined) throw new WrongValue('true or false');
    return value;
  });

export const int = (common: Common<number> & { min?: number; max?: number }) => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...rest } = common;
  return option('integer', rest, (text) => {
    const value = Number(text.trim());
    if (!Number.isInteger(value) || text.trim() === '' || value < min || value > max)
      throw new WrongValue(
        `a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`,
      );
    return value;
  });
};

export const text = (common: Common<string>) => option('text', common, (value) => value);

export const maybeText = (common: Common<string | undefined>) =>
  option<string | undefined>('text', common, (value) => (value === '' ? undefined : value));

export const list = (common: Common<string[]>) =>
  option('list', common, (value) => value.split(/[\s,]+/).filter(Boolean));

export const choice = <const Choice extends string>(
  common: Common<NoInfer<Choice>>,
  choices: readonly Choice[],
) =>
  option<Choice>(choices.join(' | '), common, (value) => {
    const found = choices.find((one) => one.toLowerCase() === value.trim().toLowerCase());
    if (found === undefined) throw new WrongValue(`one of ${choices.join(', ')}`);
    return found;
  });

/** A choice that is none any more: one value is left, and what is said of any other. */
export const only = <const Value extends string>(
  common: Omit<Common<Value>, 'default'>,
  value: Value,
  refusal: (text: string) => string,
) =>
  option<Value>(value, { ...common, default: value as NoInfer<Value> }, (text) => {
    if (text.trim().toLowerCase() !== value) throw new WrongValue(refusal(text.trim()));
    return value;
  });

const urlOf = (value: string, schemes: string[]) => {
  const wrong = new WrongValue(`an address that starts with ${schemes.map((s) => `${s}//`).join(' or ')}`);
  if (!URL.canParse(value)) throw wrong;
  if (!schemes.includes(new URL(value).protocol)) throw wrong;
  return value.replace(/\/+$/, '');
};

export const url = (common: Common<string> & { schemes?: string[] }) => {
  const { schemes = ['http:', 'https:'], ...rest } = common;
  return option('address', rest, (value) => urlOf(value.trim(), schemes));
};

export const maybeUrl = (common: Common<string | undefined> & { schemes?: string[] }) => {
  const { schemes = ['http:', 'https:'], ...rest } = common;
  return option<string | undefined>('address', rest, (value) =>
    value.trim() === '' ? undefined : urlOf(value.trim(), schemes),
  );
};
