import { withoutSecrets } from '@portolan/fetcher';

/** A row of `harvest_log`, but for its id and time. */
export interface LogLine {
  level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  content: string;
  /** The part of the harvester that it is of. */
  part: string;
}

const longest = 10_000;

/** What every line has and no reader of `harvest_log` asks for. */
const unsaid = new Set(['level', 'time', 'pid', 'hostname', 'service', 'harvest', 'msg', 'err', 'request']);

/** A line of the log as it is kept; nothing for one that is not the harvester's. No secret passes. */
export function readLine(text: string): LogLine | undefined {
  // Most lines of a process are not: they need not be read.
  if (!text.includes('"harvest":')) return undefined;
  const line = JSON.parse(text) as Record<string, unknown>;
  const { level, harvest: part, msg, err } = line;
  if (typeof part !== 'string' || typeof level !== 'number') return undefined;
  const facts = Object.entries(line)
    .filter(([key, value]) => !unsaid.has(key) && value !== null && typeof value !== 'object')
    .map(([key, value]) => `${key}: ${String(value)}`);
  const failure = err as { type?: string; message?: string } | undefined;
  const content = [
    String(msg ?? ''),
    facts.length > 0 ? ` (${facts.join(', ')})` : '',
    failure?.message === undefined ? '' : `: ${failure.type ?? 'Error'}: ${failure.message}`,
  ].join('');
  return { level: levelOf(level), part, content: storable(masked(content)) };
}

/** pino's numbers in the words of Python's logging. */
function levelOf(level: number): LogLine['level'] {
  if (level >= 60) return 'CRITICAL';
  if (level >= 50) return 'ERROR';
  if (level >= 40) return 'WARNING';
  return level >= 30 ? 'INFO' : 'DEBUG';
}

const address = /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>]+/gi;
const named =
  /(["']?\b(?:api[-_]?key|password|passwd|token|authorization|secret)\b["']?\s*[:=]\s*)(?:(["']).*?\2|[^\s,;&})]+)/gi;

/** Whoever wrote the line need not have known that what it tells holds a secret: a remote's error text, an address. */
const masked = (content: string): string =>
  content.replace(address, (url) => withoutSecrets(url)).replace(named, '$1***');

const storable = (content: string): string => content.replaceAll('\0', '').toWellFormed().slice(0, longest);
