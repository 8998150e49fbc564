import { AppError } from '../kernel/errors.ts'
import type { Connection } from '../ports/store/order-store.ts'
import { isOnline } from './is-online.ts'
import { notesOf } from './sync-round.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'storefrontFor'>

/**
 * Waits at every storefront that holds its answer until there is news, at most `waitMs` long; a door bell, no more:
 * nothing is taken in. `canWait` is false when none of them offers it, or none answers.
 */
export async function waitForNews(
  deps: Deps,
  input: { readonly waitMs: number },
): Promise<{ readonly hasNews: boolean; readonly canWait: boolean }> {
  const now = deps.system.clock.now()
  const connections = (await deps.store.loadConnections())
    .filter(isOnline)
    .filter((connection) => connection.orderCursor !== undefined && (notesOf(connection).failure?.retryAt ?? 0) <= now)
  const bells = connections.map(async (connection) => {
    const bell = await ring(deps, connection, input.waitMs)
    // The first that rings ends the waiting; silence at one does not.
    if (bell !== 'news') throw new Silence(bell)
    return bell
  })
  try {
    await Promise.any(bells)
    return { hasNews: true, canWait: true }
  } catch (cause) {
    const silences = cause instanceof AggregateError ? cause.errors : []
    return { hasNews: false, canWait: silences.some((one) => one instanceof Silence && one.bell === 'quiet') }
  }
}

class Silence extends Error {
  readonly bell: 'quiet' | 'no-bell'
  constructor(bell: 'quiet' | 'no-bell') {
    super(bell)
    this.bell = bell
  }
}

async function ring(deps: Deps, connection: Connection, waitMs: number): Promise<'news' | 'quiet' | 'no-bell'> {
  try {
    const storefront = deps.storefrontFor(connection)
    const { longPollMs } = await storefront.describe()
    if (longPollMs === 0) return 'no-bell'
    const page = await storefront.pullOrders(connection.orderCursor, { waitMs: Math.min(waitMs, longPollMs), limit: 1 })
    return page.kind === 'page' && page.entries.length === 0 && !page.hasMore ? 'quiet' : 'news'
  } catch (cause) {
    if (cause instanceof AppError) return 'no-bell'
    throw cause
  }
}
