import { expect, it } from 'vitest';
import type { GatherContext } from '../../driver.ts';
import { gatherFolder } from './gather.ts';

const pages: Record<string, string> = {
  'http://waf.test/': '<a href="a.xml">a</a> <a href="one/">one</a> <a href="two/">two</a>',
  'http://waf.test/one/': '<a href="b.xml">b</a> <a href="deep/">deep</a>',
  'http://waf.test/one/deep/': '<a href="c.xml">c</a>',
  'http://waf.test/two/': '<a href="d.xml">d</a>',
};

/** Gathers from a cursor on. @returns what was read, what was found, and the cursors in between */
async function gather(cursor?: unknown) {
  const read: string[] = [];
  const cursors: unknown[] = [];
  const context = {
    source: { id: 'waf', url: 'http://waf.test/' },
    config: {},
    portal: { maxDocumentSeconds: 5 },
    cursor,
    sql: { rows: async () => [], prepared: async () => [] },
    fetcher: {
      async read(url: string) {
        read.push(url);
        return { headers: { server: 'other' }, text: () => pages[url] };
      },
    },
    async checkpoint(value: unknown) {
      cursors.push(value);
      return { added: 0 };
    },
    deleteMissing: () => undefined,
  } as unknown as GatherContext;
  const found: (string | undefined)[] = [];
  for await (const { extras } of gatherFolder(context)) found.push(extras?.['waf_location']);
  return { read, found, cursors };
}

it('a folder whose reading was interrupted is read on from each of its folders as if it had not been', async () => {
  const whole = await gather();
  expect(whole.read).toEqual(Object.keys(pages));
  expect(whole.found).toEqual(
    ['a', 'one/b', 'one/deep/c', 'two/d'].map((name) => `http://waf.test/${name}.xml`),
  );
  for (const [index, cursor] of whole.cursors.entries()) {
    const rest = await gather(JSON.parse(JSON.stringify(cursor)));
    expect(rest.read).toEqual(whole.read.slice(index + 1));
    expect(rest.found).toEqual(whole.found.slice(index + 1));
  }
});
