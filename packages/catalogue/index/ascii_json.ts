/** JSON with everything outside ASCII escaped, as CKAN's answers are. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return 'null';
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
