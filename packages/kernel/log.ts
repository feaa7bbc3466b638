import { type Logger, pino, stdSerializers } from 'pino';

export type { Logger };

/** Values that must never be written down, wherever they hang in a logged object. */
const secrets = [
  'authorization',
  'token',
  'password',
  'api_key',
  'apikey',
  'secret',
  '*.authorization',
  '*.token',
  '*.password',
  '*.api_key',
  '*.apikey',
];

/** Another reader of the lines, with a least severe level of its own. It gets each as the text of one JSON object. */
export interface LogReader {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  write(line: string): void;
}

/**
 * JSON lines on standard error, so that standard output stays the answer of a command.
 * Children carry what a reader searches for: `request`, `job`, `source`, `dataset`.
 */
export function createLogger(options: {
  service: string;
  level: string;
  also?: LogReader | undefined;
}): Logger {
  const { level, also } = options;
  const common = {
    base: { service: options.service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '[redacted]' },
    serializers: { err: plainError },
  };
  const out = pino.destination({ dest: 2, sync: true });
  if (!also) return pino({ level, ...common }, out);
  const readers = [
    { level: also.level, stream: also },
    ...(level === 'silent' ? [] : [{ level: level as LogReader['level'], stream: out }]),
  ];
  const severity = (one: { level: string }) => pino.levels.values[one.level] ?? 0;
  const [least] = readers
    .map(({ level }) => level)
    .sort((a, b) => severity({ level: a }) - severity({ level: b }));
  return pino({ level: least ?? level, ...common }, pino.multistream(readers));
}

/** An error without the objects that hang on it: libraries attach whole connections, with the keys that they hold. */
const plainError = (error: unknown): unknown => withoutObjects(stdSerializers.err(error as Error));

function withoutObjects(told: unknown): unknown {
  if (typeof told !== 'object' || told === null) return told;
  const parts = Object.entries(told).filter(([, value]) => !(typeof value === 'object' && value !== null));
  // Where a host has several addresses, these alone say what became of each.
  const { aggregateErrors } = told as { aggregateErrors?: unknown[] };
  return {
    ...Object.fromEntries(parts),
    ...(aggregateErrors && { aggregateErrors: aggregateErrors.map(withoutObjects) }),
  };
}

export const silentLogger: Logger = pino({ level: 'silent' });
