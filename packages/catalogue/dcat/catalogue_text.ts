import type { Call, Params } from '../action/call.ts';
import { formatOf } from './format.ts';
import { pageSize, readPage } from './read_page.ts';

/** A page of the catalogue in DCAT-AP, with the addresses of the other pages. */
export async function catalogueText(call: Call, params: Params): Promise<string> {
  const format = formatOf(params);
  const { siteUrl, siteTitle, siteDescription, localeDefault } = call.site.config;
  // Loaded when it is needed: parsers and writers of RDF are many modules, and this is all that most processes ask of them.
  const { Statements, serialise, writeCatalogue } = await import('@portolan/metadata');
  const { page, total, datasets } = await readPage(call, params);
  const statements = new Statements();
  const about = { url: siteUrl, title: siteTitle, description: siteDescription, language: localeDefault };
  writeCatalogue(statements, about, datasets, {
    page,
    size: pageSize,
    total,
    address(number) {
      const asked = ['q', 'fq', 'modified_since'].filter((name) => params[name]);
      const query = new URLSearchParams(asked.map((name): [string, string] => [name, String(params[name])]));
      query.set('page', String(number));
      return `${siteUrl}/catalog.${format}?${query}`;
    },
  });
  return serialise(statements.quads, format);
}
