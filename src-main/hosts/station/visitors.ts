import { timingSafeEqual } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Context } from 'hono'
import { findTerminal, noteSeen } from '../../application/pair-terminal.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { Visitor } from '../handlers.ts'

/** Tokens of this machine's own programs; made at each start and written to a file only its user can read. */
export interface LocalTokens {
  readonly desktop: string
  readonly cli: string
}

export interface StationVisitor extends Visitor {
  readonly name: string
}

type Deps = Pick<Workshop, 'store' | 'system'>

const sameText = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

export const bearerOf = (context: Context): string | undefined =>
  /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]

/** Who holds a token on this machine: its manager or command line, a paired terminal, or nobody. */
export async function visitorOf(
  deps: Deps,
  tokens: LocalTokens,
  token: string | undefined,
): Promise<StationVisitor | undefined> {
  if (token === undefined || token === '') return undefined
  if (sameText(token, tokens.desktop)) return { door: 'desktop', actor: 'desktop', name: 'desktop' }
  // The token lies in a file that only this machine's own user can read.
  if (sameText(token, tokens.cli)) return { door: 'cli', actor: `cli:${userInfo().username}`, name: 'cli' }
  return terminalOf(deps, token)
}

/** Beyond this machine only paired terminals are anybody: its own tokens open nothing there. */
export async function remoteVisitorOf(deps: Deps, token: string | undefined): Promise<StationVisitor | undefined> {
  const terminal = token === undefined || token === '' ? undefined : await terminalOf(deps, token)
  return terminal && { ...terminal, isRemote: true }
}

async function terminalOf(deps: Deps, token: string): Promise<StationVisitor | undefined> {
  const terminal = await findTerminal(deps, token)
  if (!terminal) return undefined
  await noteSeen(deps, terminal)
  return { door: 'station', actor: `station:${terminal.id}`, name: terminal.name }
}
