import { Readable, type Transform } from 'node:stream';
import type { Quad } from '@rdfjs/types';
import type { Options } from 'jsonld';
import { StreamParser } from 'n3';
import { RdfXmlParser } from 'rdfxml-streaming-parser';
import type { RdfSyntax } from './formats.table.ts';
import { Graph } from './graph.ts';
import { xmlEnd } from './xml_end.ts';

export interface ParseOptions {
  /** What relative addresses are relative to. */
  base: string;
  /** Brings a JSON-LD context from elsewhere; without it such documents are refused. */
  loadContext?(url: string): Promise<unknown>;
}

const n3Formats = {
  turtle: 'text/turtle',
  n3: 'text/n3',
  ntriples: 'application/n-triples',
  nquads: 'application/n-quads',
  trig: 'application/trig',
};

/** Reads a document into a graph; named graphs are read as one. @throws Error in the words of the parser */
export async function parseRdf(text: string, syntax: RdfSyntax, options: ParseOptions): Promise<Graph> {
  if (syntax === 'jsonld') return parseJsonLd(text, options);
  if (syntax === 'rdfxml') {
    const end = xmlEnd();
    const graph = await collect(text, new RdfXmlParser({ baseIRI: options.base }), end.write);
    end.close();
    return graph;
  }
  return collect(text, new StreamParser({ format: n3Formats[syntax], baseIRI: options.base }));
}

const pieceLength = 65_536;

/** A piece at a time, so that a large document does not keep the process from everything else. */
async function collect(text: string, parser: object, watch?: (piece: string) => void): Promise<Graph> {
  const graph = new Graph();
  const quads = Readable.from(pieces(text, watch)).pipe(parser as Transform) as AsyncIterable<Quad>;
  for await (const quad of quads) graph.add(quad);
  return graph;
}

function* pieces(text: string, watch?: (piece: string) => void): Generator<string> {
  for (let at = 0; at < text.length; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength);
    watch?.(piece);
    yield piece;
  }
}

async function parseJsonLd(text: string, { base, loadContext }: ParseOptions): Promise<Graph> {
  // Loaded when it is needed: it takes longer than the rest of a command.
  const { default: jsonld } = await import('jsonld');
  async function documentLoader(url: string) {
    if (!loadContext) throw new Error(`The context ${url} is not loaded`);
    return { documentUrl: url, document: await loadContext(url) };
  }
  const options = { base, format: 'application/n-quads', documentLoader };
  // The published types know only documents that are read already.
  const quads = await jsonld.toRDF(JSON.parse(text), options as unknown as Options.ToRdf);
  return collect(quads as unknown as string, new StreamParser({ format: 'application/n-quads' }));
}
