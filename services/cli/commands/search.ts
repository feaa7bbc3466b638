import { type ExplainedClause, explainSearch } from '@portolan/catalogue';
import type { Command } from 'commander';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

interface Options {
  fq?: string;
  dataset?: string;
  json?: boolean;
}

/** `portolan search …`: what the portal makes of a search. */
export function searchCommand(program: Command): void {
  program
    .command('search')
    .description('searches')
    .command('explain')
    .description(
      'a query as a tree, with how many documents each clause finds by itself, and what the engine is asked',
    )
    .argument('<query>', 'as package_search takes it')
    .argument('[dataset]', 'id or name; says of each clause whether it matches this dataset')
    .option('--fq <filter>', 'a filter, as package_search takes it')
    .option('--dataset <id_or_name>', 'the same as the second argument')
    .option('--json', 'one JSON document')
    .action((q: string, named: string | undefined, { fq, dataset, json }: Options) =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const found = await explainSearch(site, fq === undefined ? { q } : { q, fq }, named ?? dataset);
        if (json) return printJson(found);
        for (const clauses of [found.query, ...found.filters]) print(...clauses.map(line));
        if (found.left_out > 0) print(`and ${found.left_out} clauses more`);
        for (const { field, nearest } of found.unknown_fields)
          print(`no document has ${field}${nearest.length > 0 ? `; there is ${nearest.join(', ')}` : ''}`);
        for (const [name, asked] of Object.entries(found.engine))
          print(`${name}: ${JSON.stringify(asked, null, 2)}`);
      }),
    );
}

function line({ depth, role, text, count, matches, score }: ExplainedClause): string {
  const worth = score === undefined ? '' : `, score ${score.toPrecision(4)}`;
  const mark = matches === undefined ? '' : matches ? `  matches${worth}` : '  does not match';
  return `${'  '.repeat(depth)}${role}: ${text}  (${count})${mark}`;
}
