/** How views speak to the person; `trying` turns what is thrown into a sentence. */
export interface Teller {
  good(sentence: string): void
  bad(sentence: string): void
  trying(work: () => Promise<void>): Promise<void>
}
