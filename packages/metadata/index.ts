export { type DcatDataset, type ReadingPortal, readDatasets } from './dcat/read_dataset.ts';
export type { DcatResource } from './dcat/read_distribution.ts';
export { guessSyntax, type RdfSyntax, syntaxOf } from './rdf/formats.table.ts';
export type { Graph } from './rdf/graph.ts';
export { nextPage } from './rdf/hydra.ts';
export { type ParseOptions, parseRdf } from './rdf/parse.ts';
