import type { z } from 'zod'

/** Which doors may call: the manager's desktop (window or loopback browser), a paired station, the command line. */
export type Door = 'desktop' | 'station' | 'cli'

/** Who stands at a station: a signed-in person's role, or nobody yet. */
export type Standing = 'manager' | 'packer' | 'picker' | 'nobody'

/** Doors, and for the station also who must stand there. */
export interface Audience {
  readonly doors: readonly Door[]
  readonly standings: readonly Standing[]
}

/**
 * One line of the operations table. A query reads; a command changes something and is run one at a time; an errand
 * talks with the world, which may be slow: it runs beside the commands and takes turns with them for what it writes.
 * `Output` exists for the compiler alone: outputs are typed, inputs are parsed.
 */
export interface Operation<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly kind: 'query' | 'command' | 'errand'
  readonly audience: readonly Door[]
  /** At a station the door alone is not enough: one of these must stand there. */
  readonly standings: readonly Standing[]
  readonly input: Input
  readonly output?: Output | undefined
}

const anySignedIn: readonly Standing[] = ['manager', 'packer', 'picker']

/** Doors alone let everybody in who is signed in. */
type AudienceLike = readonly Door[] | Audience

const isDoors = (audience: AudienceLike): audience is readonly Door[] => Array.isArray(audience)

const audienceOf = (audience: AudienceLike): Pick<Operation, 'audience' | 'standings'> =>
  isDoors(audience) ? { audience, standings: anySignedIn } : { audience: audience.doors, standings: audience.standings }

type Made<Output> = <Input extends z.ZodType>(audience: AudienceLike, input: Input) => Operation<Input, Output>

/** `query<Row[]>()(everywhere, z.object({ ... }))`: the output is named first, the input is inferred. */
export const query =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'query', ...audienceOf(audience), input })

export const command =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'command', ...audienceOf(audience), input })

export const errand =
  <Output>(): Made<Output> =>
  (audience, input) => ({ kind: 'errand', ...audienceOf(audience), input })

/** Every door; at a station whoever is signed in. */
export const everywhere: readonly Door[] = ['desktop', 'station', 'cli']
/** Every door; at a station packers and managers, who may also see and do what a picker must not. */
export const packing: Audience = { doors: everywhere, standings: ['manager', 'packer'] }
/** Every door, and a station before anybody signed in: what signing in itself needs. */
export const beforeSignIn: Audience = { doors: everywhere, standings: [...anySignedIn, 'nobody'] }
/** Only a station, before it knows anybody. */
export const stationOnly: Audience = { doors: ['station'], standings: [...anySignedIn, 'nobody'] }
export const managers: readonly Door[] = ['desktop', 'cli']
export const commandLineOnly: readonly Door[] = ['cli']
