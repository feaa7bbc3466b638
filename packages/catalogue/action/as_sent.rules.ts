/**
 * Values that CKAN keeps in memory as they were sent, though their columns are text: the answer to the write tells them
 * so. Other numbers become text on their way.
 */
export const isToldAsSent = (value: unknown): value is number | boolean =>
  Number.isInteger(value) || typeof value === 'boolean';
