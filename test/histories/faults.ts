import type { Random } from '../../src-main/kernel/random.ts'

/** Our program has died: whatever it was doing did not go on, and nothing it still tries has any effect. */
export class Crash extends Error {}

type Answer = (request: Request) => Promise<Response>

const json = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })

const noAnswer = (): never => {
  throw new DOMException('timed out', 'TimeoutError')
}

/** What a host does to us: the first four before it has done anything, the others after it has done what was asked. */
const faults: readonly ((request: Request, answer: Answer) => Promise<Response>)[] = [
  async () => Promise.reject(new TypeError('fetch failed')),
  async () => json(429, '{}', { 'retry-after': '2' }),
  async () => json(503, '{}'),
  async () => new Response('<html>Are you human?</html>', { status: 202, headers: { 'content-type': 'text/html' } }),
  async (request, answer) => answer(request).then(noAnswer),
  async (request, answer) => {
    const told = await (await answer(request)).text()
    return json(200, told.slice(0, Math.floor(told.length / 2)))
  },
  async (request, answer) => answer(request).then(() => json(502, '<html>')),
]

/** The host with a share of its answers spoilt. */
export const faultyHost =
  (answer: Answer, random: Random, share: number): Answer =>
  async (request) => {
    if (random.unit() >= share) return answer(request)
    const fault = faults[random.below(faults.length)]
    return fault ? fault(request, answer) : answer(request)
  }

/** Runs everything through `call`, which may die before or after the thing itself has happened. */
export function mortal<Target extends object>(
  target: Target,
  call: (work: () => Promise<unknown>) => Promise<unknown>,
): Target {
  return new Proxy(target, {
    get(inner, name, receiver) {
      const method: unknown = Reflect.get(inner, name, receiver)
      if (typeof method !== 'function') return method
      return (...args: unknown[]): unknown => call(async () => Reflect.apply(method, inner, args) as unknown)
    },
  })
}

export interface Life {
  call(work: () => Promise<unknown>): Promise<unknown>
  readonly isOver: () => boolean
}

/** A life that ends at its `endsAt`-th call into the world: before it (`isBefore`) or right after it. */
export function life(endsAt: number | undefined, isBefore: boolean): Life {
  let calls = 0
  let isOver = false
  const die = (): never => {
    isOver = true
    throw new Crash()
  }
  return {
    isOver: () => isOver,
    async call(work) {
      if (isOver) throw new Crash()
      calls += 1
      const isLast = calls === endsAt
      if (isLast && isBefore) die()
      const value = await work()
      // Another call may have ended it meanwhile.
      if (isOver) throw new Crash()
      if (isLast) die()
      return value
    },
  }
}
