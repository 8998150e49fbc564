import type { z } from 'zod'
import { problem, type WireDescription, type WireOrder, type WireProductChange, type WireScope } from '../index.ts'
import type { Answer, Call } from './server-call.ts'

/** What a rule wanted and what came instead. Nothing personal: places and shapes, never a customer's words. */
export class Broken extends Error {
  readonly expected: string
  readonly found: string
  constructor(expected: string, found: string) {
    super(expected)
    this.name = 'Broken'
    this.expected = expected
    this.found = found
  }
}

/** This server, or what we were told of it, gives nothing to try the rule with. */
export class NotTried extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NotTried'
  }
}

/** What a run knows and remembers; every `async` part is asked for once. */
export interface Bench {
  readonly call: Call
  readonly now: () => number
  readonly isHttps: boolean
  readonly isLoopback: boolean
  /** May stock, reports and rules be written? */
  readonly mayWrite: boolean
  readonly isSlowToo: boolean
  /** A second token that lacks at least one scope. */
  readonly otherToken: string | undefined
  /** A cursor of the order feed that the server has forgotten. */
  readonly expiredCursor: string | undefined
  /** Makes a customer place or change an order; undefined where nobody told how. */
  readonly touch: (() => Promise<void>) | undefined
  describe(): Promise<WireDescription>
  orders(): Promise<readonly WireOrder[]>
  products(): Promise<readonly WireProductChange[]>
  /** The order that reports may be tried on. */
  testOrder(): Promise<string>
  /** A fresh UUID. */
  newId(): string
}

export interface Check {
  /** Of docs/protocol/README.md, such as `R12`. */
  readonly rule: string
  /** What is tried, told apart from the rule's other checks. */
  readonly name: string
  readonly needsWrite?: boolean
  /** Throws Broken or NotTried; anything else is a bug of the suite. */
  run(bench: Bench): Promise<void>
}

/** Every path that a token guards, and what it must be made for. */
export const guardedPaths: readonly { method: string; path: string; scope: WireScope; body?: unknown }[] = [
  { method: 'GET', path: '/products', scope: 'products:read' },
  { method: 'GET', path: '/orders', scope: 'orders:read' },
  { method: 'GET', path: '/orders/no-such-order', scope: 'orders:read' },
  { method: 'GET', path: '/orders:open', scope: 'orders:read' },
  { method: 'GET', path: '/erasures', scope: 'erasures:read' },
  { method: 'PUT', path: '/stock', scope: 'stock:write', body: { levels: [] } },
  { method: 'POST', path: '/reports:batch', scope: 'reports:write', body: { reports: [] } },
  { method: 'POST', path: '/orders/no-such-order/reports', scope: 'reports:write', body: {} },
  { method: 'PUT', path: '/packaging-rules', scope: 'rules:write', body: {} },
]

export function expectStatus(answer: Answer, ...wanted: readonly number[]): Answer {
  if (wanted.includes(answer.status)) return answer
  throw new Broken(`${answer.asked} answers ${wanted.join(' or ')}`, `${answer.status}${codeOf(answer)}`)
}

/** A refusal with its status and, where one is fixed, its code. */
export function expectProblem(answer: Answer, status: number, code?: string): Answer {
  expectStatus(answer, status)
  const told = problem.safeParse(answer.json)
  const wanted = `${answer.asked} answers a problem${code === undefined ? '' : ` with error.code "${code}"`}`
  if (!told.success) throw new Broken(wanted, 'a body without error.code and error.details')
  if (code !== undefined && told.data.error.code !== code) throw new Broken(wanted, `"${told.data.error.code}"`)
  return answer
}

const codeOf = ({ json }: Answer): string => {
  const told = problem.safeParse(json)
  return told.success ? ` ${told.data.error.code}` : ''
}

export function expectShape<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> {
  return expectValue(schema, answer.json, answer.asked)
}

/** Names the first wrong place; what stands there is told by its type only. */
export function expectValue<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') ?? ''
  throw new Broken(
    `${where}: ${path || 'the body'} is right (${issue?.message ?? ''})`,
    typeAt(value, issue?.path ?? []),
  )
}

function typeAt(value: unknown, path: readonly PropertyKey[]): string {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return 'nothing there'
    here = (here as Record<PropertyKey, unknown>)[key] // any key may be asked of an object
  }
  if (here === undefined) return 'nothing there'
  if (here === null) return 'null'
  return Array.isArray(here) ? `a list of ${here.length}` : `a ${typeof here} that does not fit`
}

export function expectThat(isSo: boolean, expected: string, found: string): void {
  if (!isSo) throw new Broken(expected, found)
}
