import type { Sql } from '@portolan/db';
import type { SortedTerms } from '../../../vocabulary/sorted_terms.ts';
import { WeightedCache } from '../../weighted_cache.ts';
import type { DocumentColumns } from '../column/document_columns.ts';
import { DocumentSample } from './document_sample.ts';
import { FieldVocabulary } from './field_vocabulary.ts';
import { readTerms, sampleTerms, termsOf } from './vocabulary.repo.ts';

interface Kept {
  vocabulary: FieldVocabulary;
  /** It has the terms of all documents that the columns held then. */
  generation: number;
}

type Columns = Pick<DocumentColumns, 'generation' | 'changedSince' | 'isLoaded' | 'size'>;

/** Bytes: a catalogue of a million datasets has some forty of them. */
const mostRemembered = 96 * 2 ** 20;

/** Of more changed documents a vocabulary is not brought up to date, but read anew. */
const mostChanged = 1000;

/** Documents by which is told how common terms are. */
const sampleSize = 400;

/** A sample tells orders of magnitude: it counts until there are so many times as many documents. */
const sampleGrowth = 2;

/** Samples of so many fields are kept. */
const mostSamples = 100;

/**
 * Vocabularies of text fields in this process' memory, brought up to date by the documents that have changed: a term
 * never leaves a vocabulary, so whatever those have is all that may be new.
 */
export class KnownVocabularies {
  readonly #columns: Columns;
  readonly #known = new WeightedCache<Kept>(mostRemembered);
  readonly #readings = new Map<string, { generation: number; done: Promise<Kept> }>();
  readonly #samples = new WeightedCache<Promise<DocumentSample>>(mostSamples);

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** The terms that the documents have which the columns hold, and perhaps more. */
  async of(sql: Sql, field: string): Promise<FieldVocabulary> {
    const columns = this.#columns;
    // What changes from here on cannot be told.
    if (!columns.isLoaded) return (await read(sql, field, -1)).vocabulary;
    const { generation } = columns;
    const kept = this.#known.get(field);
    const changed = kept && columns.changedSince(kept.generation, mostChanged);
    if (!kept || !changed) return this.#readOnce(sql, field, generation);
    if (changed.size > 0) {
      const terms = await termsOf(sql, field, [...changed]);
      if (!terms) return this.#readOnce(sql, field, generation);
      kept.vocabulary.add(terms);
      kept.generation = Math.max(kept.generation, generation);
      this.#known.set(field, kept, kept.vocabulary.weight);
    }
    return kept.vocabulary;
  }

  /** How common the field's terms are, about. */
  async sampleOf(sql: Sql, field: string): Promise<DocumentSample> {
    const known = await this.#samples.get(field);
    if (known && this.#columns.size <= sampleGrowth * (known.corpus + sampleSize)) return known;
    const sample = sampleTerms(sql, field, sampleSize).then((terms) => new DocumentSample(terms));
    this.#samples.set(field, sample, 1);
    sample.catch(() => this.#samples.take(field));
    return sample;
  }

  /** Who asks while it is being read waits for that, unless it began before what the asker has to find. */
  async #readOnce(sql: Sql, field: string, generation: number): Promise<FieldVocabulary> {
    let reading = this.#readings.get(field);
    if (!reading || reading.generation < generation) {
      const begun = { generation, done: read(sql, field, generation) };
      this.#readings.set(field, begun);
      begun.done
        .then((kept) => this.#known.set(field, kept, kept.vocabulary.weight))
        .catch(() => {})
        .finally(() => {
          if (this.#readings.get(field) === begun) this.#readings.delete(field);
        });
      reading = begun;
    }
    return (await reading.done).vocabulary;
  }
}

async function read(sql: Sql, field: string, generation: number): Promise<Kept> {
  const parts: SortedTerms[] = [];
  for await (const part of readTerms(sql, field)) parts.push(part);
  return { vocabulary: new FieldVocabulary(parts), generation };
}
