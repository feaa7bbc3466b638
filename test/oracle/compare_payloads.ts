// Sends every action of the catalogue its usual parameters with one of them odd, as several callers, to a real CKAN and
// to a portal, and prints where the answers differ in status or error:
//
//   node test/oracle/compare_payloads.ts URL TOKEN URL TOKEN [ACTION…] [--callers sysadmin,editor,member,anonymous]
//
// The first is a real CKAN (hold its lock), the second a portal; both have collaborators switched off and get accounts,
// organisations and datasets to be asked about, all with names of their own, which are taken away at the end but for what
// no action can take away (accounts stay as deleted ones, translations stay). Nothing of CKAN's is kept.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { catalogueActions } from '@portolan/catalogue';
import { ask } from '../authorisation/client.ts';
import { callers, makeWorld, type World } from '../authorisation/world.ts';
import { remembering } from './made.ts';
import { type OddCall, oddCalls } from './odd_payloads.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { callers: { type: 'string', default: 'sysadmin,editor,member,anonymous' } },
});
const [oracleUrl, oracleToken, portalUrl, portalToken, ...wanted] = positionals;
if (!oracleUrl || !oracleToken || !portalUrl || !portalToken)
  throw new Error('node test/oracle/compare_payloads.ts URL TOKEN URL TOKEN [ACTION…] [--callers A,B]');

/** An error without what is bound to be another on each server: ids, and the names of its world. */
function comparable(error: unknown, { suffix }: World): unknown {
  const text = JSON.stringify(error ?? null)
    .replace(new RegExp(`${suffix}(-\\d+)?`, 'g'), 'NAME')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
  return JSON.parse(text);
}

async function answer(world: World, { action, caller, params }: OddCall) {
  const { status, error } = await ask(world.server, action, params(world), world.tokens[caller]);
  return { status, error: comparable(error, world) };
}

const servers = [
  { url: oracleUrl, token: oracleToken },
  { url: portalUrl, token: portalToken },
].map(remembering);
const removeMade = () => Promise.all(servers.map((one) => one.removeMade()));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void removeMade().finally(() => process.exit(130)));
const actions = catalogueActions.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const who = callers.filter((caller) => options.callers.split(',').includes(caller));
const unknown = new Set<string>();
const tally = { equal: 0, crashed: 0, different: 0 };

async function compare(): Promise<void> {
  const worlds = await Promise.all(servers.map(({ server }) => makeWorld(server, { collaborators: false })));
  for (const call of oddCalls(actions, who)) {
    if (unknown.has(call.action)) continue;
    const [theirs, ours] = await Promise.all(worlds.map((world) => answer(world, call)));
    // Both worlds stay in step, whoever let the call pass.
    if (theirs!.status === 200 || ours!.status === 200)
      await Promise.all(worlds.map((world) => call.renew(world)));
    if (String(theirs!.error).includes('Action name not known')) unknown.add(call.action);
    // CKAN's crashes are nothing to follow.
    else if (theirs!.status >= 500 && ours!.status < 500) tally.crashed++;
    else if (isDeepStrictEqual(theirs, ours)) tally.equal++;
    else {
      tally.different++;
      const { action, caller, parameter } = call;
      const value = call.value(worlds[0]!);
      console.log(JSON.stringify({ action, caller, parameter, value, theirs, ours }));
    }
  }
}

try {
  await compare();
} finally {
  await removeMade();
}
console.log(JSON.stringify({ ...tally, unknown: [...unknown] }));
if (tally.different > 0) process.exitCode = 1;
