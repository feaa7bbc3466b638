const day = 86_400_000;

/**
 * A length of time as CKAN's setting has it: `2 days`, `14 days`, `4:35:00`, `7 days, 3:23:34.087465`.
 * @returns milliseconds; undefined when it is none
 */
export function parseSpan(text: string): number | undefined {
  const found = /^(?:(\d+) days?(?:, )?)?(?:(\d+):([0-5]\d):([0-5]\d)(?:\.(\d{1,6}))?)?$/.exec(text.trim());
  if (!found || found[0] === '') return undefined;
  const [, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ''] = found;
  return (
    Number(days) * day +
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
    Math.trunc(Number(fraction.padEnd(6, '0')) / 1000)
  );
}
