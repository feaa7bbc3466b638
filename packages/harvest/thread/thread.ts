// What runs in the thread: functions of modules, one call after the other.
import { parentPort } from 'node:worker_threads';
import type { Call, Reply } from './messages.ts';

type Functions = Record<string, (...args: unknown[]) => unknown>;

async function answer({ module, name, args }: Call): Promise<Reply> {
  try {
    const functions = (await import(module)) as Functions;
    return { result: await functions[name]?.(...args), used: usedSeconds() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error), used: usedSeconds() };
  }
}

function usedSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

parentPort?.on('message', async (call: Call) => parentPort?.postMessage(await answer(call)));
