/** What the address of a document answers. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/** Documents by path and query; a function for addresses that ask for something. */
export interface Documents {
  [path: string]: Answer | ((query: URLSearchParams, body: string) => Answer);
}

/** A source, and what is to be found at its address at each of its runs. */
export interface Scenario {
  name: string;
  /** `source_type` */
  type: string;
  /** Below the documents' root, with its slash. */
  path: string;
  config: Record<string, unknown>;
  runs: Documents[];
  /** What functions among the documents answer: ids in it are the documents', and compared. */
  text?: string;
  /** Groups and organisations that are here before. */
  local?: { groups: string[]; organizations: string[] };
  /** Names follow an order that the real harvester does not keep. */
  anyOrder?: boolean;
}

/** Makes scenarios of a kind. @param root address of the documents, without a slash */
export type Scenarios = (options: { seed: number; records: number; root: string }) => Scenario[];
