/** Where the command line reads from and writes to. */
export interface CliContext {
  readonly signal: AbortSignal;
  /** For people: stderr. */
  readonly log: (line: string) => void;
  /** For programs: stdout. Resolves when the reader has room. */
  readonly print: (line: string) => Promise<void>;
}
