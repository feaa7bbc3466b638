/** A machine that reads a term character by character. */
export interface TermAutomaton<State> {
  readonly start: State;
  /** The state after one more character; undefined where no term that goes on so is accepted. */
  step(state: State, codePoint: number): State | undefined;
  accepts(state: State): boolean;
}
