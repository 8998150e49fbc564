/** Answers given lately, by what was asked; the one not asked for longest is forgotten first. */
export interface Recent<Answer> {
  find(key: string): Answer | undefined
  put(key: string, answer: Answer): void
  clear(): void
}

export function recent<Answer extends object>(most: number): Recent<Answer> {
  const answers = new Map<string, Answer>()
  return {
    find(key) {
      const answer = answers.get(key)
      if (answer === undefined) return undefined
      // A map keeps the order of insertion: put again, it is the newest.
      answers.delete(key)
      answers.set(key, answer)
      return answer
    },
    put(key, answer) {
      if (most === 0) return
      const oldest = answers.size >= most ? answers.keys().next().value : undefined
      if (oldest !== undefined) answers.delete(oldest)
      answers.set(key, answer)
    },
    clear: () => answers.clear(),
  }
}
