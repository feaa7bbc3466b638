import { asciiJson, dispatch, findAction, helpText, JsonText, type Params } from '@portolan/catalogue';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `portolan action NAME key=text key:=json …`: any action, without asking for rights; the result as JSON. */
export function actionCommand(program: Command): void {
  program
    .command('action')
    .description('run an action as the portal itself and print its result')
    .argument('<name>', 'the action, such as package_show')
    .argument('[parameters...]', 'key=text or key:=JSON')
    .option('--describe', 'print what the action does instead')
    .action(async (name: string, parameters: string[], options: { describe?: boolean }) => {
      await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const action = findAction(name);
        if (!action) throw new CommandError(`Action name not known: ${name}`, 3);
        if (options.describe) {
          process.stdout.write(`${helpText(action)}\n`);
          return;
        }
        const result = await dispatch(
          site,
          action,
          { user: undefined, ignoreAuth: true },
          readParams(parameters),
        );
        const text = result instanceof JsonText ? result.text : asciiJson(result ?? null);
        process.stdout.write(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      });
    });
}

function readParams(parameters: string[]): Params {
  const params: Params = {};
  for (const parameter of parameters) {
    const match = /^([^=:]+)(:?=)([\s\S]*)$/.exec(parameter);
    if (!match)
      throw new CommandError(`Could not parse arg: '${parameter}' (expected "key=text" or "key:=JSON")`, 2);
    const [, key = '', sign, value = ''] = match;
    try {
      params[key] = sign === ':=' ? JSON.parse(value) : value;
    } catch {
      throw new CommandError(`${key} is not JSON: ${value}`, 2);
    }
  }
  return params;
}
