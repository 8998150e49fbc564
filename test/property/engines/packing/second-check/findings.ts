/** One thing that is wrong with a plan: the rule of the page that it breaks, where, and what was seen. */
export interface Finding {
  readonly rule: string
  readonly where: string
  readonly seen: string
}

/** Takes a finding down. */
export type Say = (rule: string, seen: string) => void
