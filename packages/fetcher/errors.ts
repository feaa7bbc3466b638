/**
 * What can go wrong with an outbound request, once. `again` says whether the same request may succeed a
 * moment later (and is therefore retried when it is idempotent); `text` is the default message.
 */
export const fetchErrorTable = {
  blocked: { again: false, text: 'URL not allowed' },
  timeout: { again: true, text: 'The connection timed out' },
  tooLarge: { again: false, text: 'The answer is too large' },
  dns: { again: true, text: 'The host name could not be resolved' },
  connection: { again: true, text: 'A connection error occurred' },
  circuit: { again: false, text: 'Remote server is not responding' },
  status: { again: false, text: 'The server answered with an error' },
  redirect: { again: false, text: 'Too many or unusable redirects' },
  decode: { again: false, text: 'The answer cannot be decoded' },
} as const;

export type FetchErrorKind = keyof typeof fetchErrorTable;

/** An outbound request that failed. `url` and the message hold no secrets; `status` is set for kind `status`. */
export class FetchError extends Error {
  readonly kind: FetchErrorKind;
  readonly url: string | undefined;
  readonly status: number | undefined;
  /** In a row, of kind `circuit`. */
  readonly failures: number | undefined;
  /** Bytes that the server announced and bytes that it may send, of kind `tooLarge` where it said so beforehand. */
  readonly size: { announced: number; allowed: number } | undefined;

  constructor(
    kind: FetchErrorKind,
    detail?: string,
    options: {
      url?: string;
      status?: number;
      failures?: number;
      size?: FetchError['size'];
      cause?: unknown;
    } = {},
  ) {
    const { text } = fetchErrorTable[kind];
    super(detail ? `${text}: ${detail}` : text, { cause: options.cause });
    this.name = 'FetchError';
    this.kind = kind;
    this.url = options.url;
    this.status = options.status;
    this.failures = options.failures;
    this.size = options.size;
  }

  static circuit(host: string, failures: number): FetchError {
    return new FetchError('circuit', `stopped after ${failures} failures`, { url: host, failures });
  }

  get again(): boolean {
    return fetchErrorTable[this.kind].again;
  }
}

const dnsCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
  'EAI_FAIL',
  'ENODATA',
  'ESERVFAIL',
]);
const timeoutCodes = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** Maps what sockets, DNS and the HTTP parser throw; a FetchError stays as it is. */
export function asFetchError(error: unknown, url: string): FetchError {
  if (error instanceof FetchError) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new FetchError('tooLarge', 'headers', { url, cause: error });
  const kind = dnsCodes.has(code) ? 'dns' : timeoutCodes.has(code) ? 'timeout' : 'connection';
  return new FetchError(kind, code || undefined, { url, cause: error });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : '';
}
