import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Workspace {
  name: string;
  folder: string;
  isService: boolean;
  declared: string[];
  imports: Map<string, string[]>;
}

const importPattern = /(?:from|import)\s*\(?\s*'([^']+)'/g;

const workspaces: Workspace[] = globSync('{packages,services}/*/package.json').map((file) => {
  const folder = path.dirname(file);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
  const imports = new Map<string, string[]>();
  for (const source of globSync(`${folder}/**/*.ts`))
    imports.set(
      source,
      [...readFileSync(source, 'utf8').matchAll(importPattern)].map((match) => match[1] ?? ''),
    );
  return {
    name: manifest.name,
    folder,
    isService: folder.startsWith('services'),
    declared: Object.keys(manifest.dependencies ?? {}),
    imports,
  };
});
const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));

describe.each(workspaces.map((workspace) => [workspace.folder, workspace] as const))(
  '%s',
  (_folder, workspace) => {
    const isTest = (source: string) => source.endsWith('.test.ts');

    it('imports other workspaces by name, as its package.json declares', () => {
      const wrong: string[] = [];
      for (const [source, imported] of workspace.imports)
        for (const name of imported) {
          if (name.startsWith('@portolan/')) {
            const target = name.split('/').slice(0, 2).join('/');
            if (target !== workspace.name && !workspace.declared.includes(target) && !isTest(source))
              wrong.push(`${source}: ${name}`);
          } else if (name.startsWith('.')) {
            const reached = path.join(path.dirname(source), name);
            const outside = !reached.startsWith(`${workspace.folder}/`);
            if (outside && !(isTest(source) && reached.startsWith('test/harness/')))
              wrong.push(`${source}: ${name}`);
          }
        }
      expect(wrong).toEqual([]);
    });

    it('imports no service, if it is a package', () => {
      if (workspace.isService) return;
      expect(workspace.declared.filter((name) => byName.get(name)?.isService)).toEqual([]);
    });

    it('is not reached again from what it imports', () => {
      const seen = new Set<string>();
      const follow = (name: string) => {
        for (const next of byName.get(name)?.declared ?? [])
          if (!seen.has(next)) {
            seen.add(next);
            follow(next);
          }
      };
      follow(workspace.name);
      expect(seen).not.toContain(workspace.name);
    });
  },
);

describe('the product', () => {
  const sources = workspaces
    .flatMap((workspace) => [...workspace.imports.keys()])
    .filter((source) => !source.endsWith('.test.ts'));

  it.each([
    ['reads the environment', /\bprocess\.env\b/, /^packages\/kernel\//],
    ['asks the clock', /\bDate\.now\(\)|\bnew Date\(\)/, /^packages\/kernel\//],
    ['takes chance', /\bMath\.random\(\)/, /^packages\/kernel\//],
    [
      'sends requests',
      /\bawait fetch\(|\bundici\b.*request|from 'node:https?'.*request/,
      /^packages\/(fetcher|storage)\//,
    ],
  ])('%s in one place only', (_what, pattern, place) => {
    const wrong = sources.filter(
      (source) => !place.test(source) && pattern.test(readFileSync(source, 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
