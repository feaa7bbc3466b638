/** What an engine stores of one dataset. Copies between fields (`schema/copy_rules.ts`) are the engine's to make. */
export interface IndexDocument {
  packageId: string;
  /** Who may find it: `public`, `member-<organization id>`, … */
  labels: string[];
  /** All values of all fields by name, none of them empty; dates as `YYYY-MM-DDThh:mm:ss.sssZ`. */
  fields: Record<string, string[]>;
}
