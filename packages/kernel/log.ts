import { type Logger, pino } from 'pino';

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

/**
 * JSON lines on standard error, so that standard output stays the answer of a command.
 * Children carry what a reader searches for: `request`, `job`, `source`, `dataset`.
 */
export function createLogger(options: { service: string; level: string }): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets, censor: '[redacted]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

export const silentLogger: Logger = pino({ level: 'silent' });
