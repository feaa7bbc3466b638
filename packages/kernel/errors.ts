/**
 * The error table: what can go wrong in an answer to a client, once. Renderers (Action API, CSW, …) read
 * `type`, `status` and `prefix` from here; nothing else knows a status code.
 *
 * Source: CKAN `views/api.py`; the spelling of `type` and `prefix` is what clients match.
 */
export const errorTable = {
  validation: { type: 'Validation Error', status: 409, prefix: undefined },
  authorization: { type: 'Authorization Error', status: 403, prefix: 'Access denied' },
  notFound: { type: 'Not Found Error', status: 404, prefix: 'Not found' },
  integrity: { type: 'Integrity Error', status: 400, prefix: undefined },
  searchQuery: { type: 'Search Query Error', status: 400, prefix: 'Search Query is invalid' },
  search: { type: 'Search Error', status: 409, prefix: 'Search error' },
  searchIndex: {
    type: 'Search Index Error',
    status: 500,
    prefix: 'Unable to add package to search index',
  },
  searchConnection: {
    type: 'Search Connection Error',
    status: 500,
    prefix: undefined,
  },
  expired: { type: 'Expired Error', status: 410, prefix: undefined },
  readOnly: { type: 'Read Only Error', status: 503, prefix: undefined },
  busy: { type: 'Service Unavailable', status: 503, prefix: undefined },
  internal: { type: 'Internal Server Error', status: 500, prefix: undefined },
} as const;

export type ErrorCode = keyof typeof errorTable;

/** Field name to messages; lists of objects keep their positions. CKAN sometimes gives a bare text. */
export type ErrorDict = { [field: string]: ErrorValue };
export type ErrorValue = string | ErrorValue[] | ErrorDict;

/** An error that a client is told about. `fields` is the body's own keys, beside `__type` and `message`. */
export class PortolanError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    detail?: string,
    options: { fields?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(detail ? `${errorTable[code].type}: ${detail}` : errorTable[code].type, { cause: options.cause });
    this.name = 'PortolanError';
    this.code = code;
    this.detail = detail;
    this.fields = options.fields ?? {};
  }

  /** The `message` of CKAN's error body: `Prefix: detail`, or the prefix alone. */
  get publicMessage(): string | undefined {
    const { prefix } = errorTable[this.code];
    if (prefix === undefined) return this.detail;
    return this.detail ? `${prefix}: ${this.detail}` : prefix;
  }

  /** The `__type` of CKAN's error body. */
  get type(): string {
    return errorTable[this.code].type;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

export const notFound = (detail?: string) => new PortolanError('notFound', detail);
export const denied = (detail?: string) => new PortolanError('authorization', detail);
export const invalid = (fields: ErrorDict) => new PortolanError('validation', undefined, { fields });
/** A validation error without a field: `{"message": "…"}`. */
export const invalidMessage = (message: string) => invalid({ message });
export const missingValue = (field: string) => invalid({ [field]: ['Missing value'] });
