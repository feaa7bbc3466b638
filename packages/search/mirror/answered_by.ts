import { AsyncLocalStorage } from 'node:async_hooks';

interface Answering {
  fallback?: string;
}

const answering = new AsyncLocalStorage<Answering>();
let fallbacks = 0;

/** Answers one request: `fallbackReason` says in it, afterwards, whether another engine than the chosen one answered. */
export const whileAnswering = (work: () => void): void => answering.run({}, work);

export const fallbackReason = (): string | undefined => answering.getStore()?.fallback;

export function noteFallback(reason: string): void {
  fallbacks++;
  const request = answering.getStore();
  if (request) request.fallback = reason;
}

/** Searches that this process had answered by another engine. */
export const fallbackCount = (): number => fallbacks;
