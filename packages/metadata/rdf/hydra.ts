import type { Graph } from './graph.ts';
import type { Name } from './vocabulary.ts';

const pages: readonly Name[] = ['hydra:PartialCollectionView', 'hydra:PagedCollection'];
const links: readonly Name[] = ['hydra:next', 'hydra:nextPage'];

/** Address of the page after this one, by Hydra or by its draft of 2013. */
export function nextPage(graph: Graph): string | undefined {
  for (const type of pages)
    for (const page of graph.instances(type))
      for (const link of links) {
        const [next] = graph.objects(page, link);
        if (next) return next.value;
      }
  return undefined;
}
