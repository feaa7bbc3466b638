// PostgreSQL's binary form of arrays: nothing has to be quoted here and unquoted there, which for large texts costs more
// than all else of sending them. Statements say by a cast what the parameter is.

const textType = 25;
const headerBytes = 20;
const lengthBytes = 4;

/** A parameter `text[]`. */
export const textArray = (values: readonly (string | null)[]): Buffer =>
  arrayParameter(
    textType,
    values.map((value) => (value === null ? null : Buffer.from(value))),
  );

/** A parameter that is an array of elements which are in the binary form of their type, the number of which is given. */
export function arrayParameter(type: number, elements: readonly (Uint8Array | null)[]): Buffer {
  const size = elements.reduce((sum, element) => sum + lengthBytes + (element?.length ?? 0), headerBytes);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  const put = (number: number) => {
    at = bytes.writeInt32BE(number, at);
  };
  const dimensions = 1;
  put(dimensions);
  put(elements.includes(null) ? 1 : 0);
  put(type);
  put(elements.length);
  const lowest = 1;
  put(lowest);
  for (const element of elements) {
    put(element?.length ?? -1);
    if (!element) continue;
    bytes.set(element, at);
    at += element.length;
  }
  return bytes;
}

/** The text form of a `text[]`, for lists inside an array of texts. */
export const arrayText = (values: readonly string[]): string => `{${values.map(quoted).join(',')}}`;

const quoted = (value: string) => `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
