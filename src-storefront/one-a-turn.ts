/**
 * Answers one request a turn of the event loop, in the order they came. Without it the loop answers everybody who is
 * connected before it looks at who knocks, and takes in one newcomer a turn: with 200 customers asking without a pause
 * a new one waited seconds for the first answer.
 */
export function oneATurn<Input, Output>(answer: (input: Input) => Output | Promise<Output>) {
  const waiting: (() => void)[] = []
  const next = (): void => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(next)
  }
  return (input: Input): Promise<Output> =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(answer(input))
        } catch (error) {
          reject(error instanceof Error ? error : new Error('refused', { cause: error }))
        }
      })
      if (waiting.length === 1) setImmediate(next)
    })
}
