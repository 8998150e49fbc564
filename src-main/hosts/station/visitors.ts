import { timingSafeEqual } from 'node:crypto'
import { userInfo } from 'node:os'
import { findTerminal } from '../../application/pair-terminal.ts'
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

const sameText = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Who holds a token: this machine's manager or command line, a paired terminal, or nobody. */
export async function visitorOf(
  workshop: Pick<Workshop, 'store' | 'system'>,
  tokens: LocalTokens,
  token: string | undefined,
): Promise<StationVisitor | undefined> {
  if (token === undefined || token === '') return undefined
  if (sameText(token, tokens.desktop)) return { door: 'desktop', actor: 'desktop', name: 'desktop' }
  // The token lies in a file that only this machine's own user can read.
  if (sameText(token, tokens.cli)) return { door: 'cli', actor: `cli:${userInfo().username}`, name: 'cli' }
  const terminal = await findTerminal(workshop, token)
  return terminal && { door: 'station', actor: `station:${terminal.id}`, name: terminal.name }
}
