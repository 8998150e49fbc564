import type { z } from 'zod'

/** Which doors may call: the manager's desktop (window or loopback browser), a paired station, the command line. */
export type Door = 'desktop' | 'station' | 'cli'

/**
 * One line of the operations table. A query reads; a command changes something and is run one at a time; an errand
 * talks with the world, which may be slow: it runs beside the commands and takes turns with them for what it writes.
 * `Output` exists for the compiler alone: outputs are typed, inputs are parsed.
 */
export interface Operation<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly kind: 'query' | 'command' | 'errand'
  readonly audience: readonly Door[]
  readonly input: Input
  readonly output?: Output | undefined
}

type Made<Output> = <Input extends z.ZodType>(audience: readonly Door[], input: Input) => Operation<Input, Output>

/** `query<Row[]>()(everywhere, z.object({ ... }))`: the output is named first, the input is inferred. */
export const query =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'query', audience, input })

export const command =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'command', audience, input })

export const errand =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'errand', audience, input })

export const everywhere: readonly Door[] = ['desktop', 'station', 'cli']
export const managers: readonly Door[] = ['desktop', 'cli']
export const commandLineOnly: readonly Door[] = ['cli']
