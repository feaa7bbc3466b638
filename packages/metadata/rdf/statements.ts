import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import { DataFactory } from 'n3';
import { iri, isIri, type Name } from './vocabulary.ts';

const { blankNode, literal, namedNode, quad } = DataFactory;

/** Statements about to be written down, in the order in which they were made. */
export class Statements {
  readonly quads: Quad[] = [];
  #blanks = 0;

  add(subject: Quad_Subject, property: Name, object: Quad_Object): void {
    this.quads.push(quad(subject, namedNode(iri(property)), object));
  }

  type(subject: Quad_Subject, type: Name): void {
    this.add(subject, 'rdf:type', namedNode(iri(type)));
  }

  /** A node without a name of a class, hung up on a subject. */
  node(subject: Quad_Subject, property: Name, type: Name): Quad_Subject {
    const node = blankNode(`b${this.#blanks++}`);
    this.add(subject, property, node);
    this.type(node, type);
    return node;
  }
}

/** A text as what it is: an IRI where it can be one, else a literal. */
export const iriOrLiteral = (text: string): Quad_Object => (isIri(text) ? namedNode(text) : literal(text));

export const text = (value: string): Quad_Object => literal(value);

export const typed = (value: string, type: Name): Quad_Object => literal(value, namedNode(iri(type)));

export const resource = (address: string): ReturnType<typeof namedNode> => namedNode(address);
