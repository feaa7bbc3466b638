/** One thing wrong with a record. */
export interface Finding {
  message: string;
  /** Of the record's text, from 1; null where the check tells none. */
  line: number | null;
}
