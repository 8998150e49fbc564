/** What is announced, never asked for: listeners read again what they show. */
export interface Events {
  /** Something was written; `operation` says by what. */
  readonly changed: { readonly operation: string }
  /** How far a long action has come. `job` is the id that the caller gave it. */
  readonly progress: { readonly job: string; readonly step: string; readonly done: number; readonly total: number }
  /** A courier's program handed in a file that was not taken. Whoever hands one in by hand is told by the answer. */
  readonly refused: { readonly operation: string; readonly code: string }
}

export type Topic = keyof Events
export const topics: readonly Topic[] = ['changed', 'progress', 'refused']
