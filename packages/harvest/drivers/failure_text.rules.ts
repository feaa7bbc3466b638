import type { ImportFailure } from '../driver.ts';

/** As the spatial harvesters and data.gov.uk's own tell what the catalogue refuses. */
export const validationError = ({ validation, message }: ImportFailure): string =>
  validation === undefined ? `System error: ${message}` : `Validation Error: ${validation}`;
