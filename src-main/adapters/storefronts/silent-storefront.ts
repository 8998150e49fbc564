import { AppError } from '../../kernel/errors.ts'
import type { Storefront } from '../../ports/storefront.ts'

/**
 * A storefront that somebody has paused or disconnected: nothing is asked of its host. Every call is refused with
 * `what` naming the state, so that reports wait in the outbox and a round says why it was none.
 */
export function silentStorefront(connectionId: string, state: 'paused' | 'disconnected'): Storefront {
  const refuse = async (): Promise<never> => {
    throw new AppError('ERR_STOREFRONT_REFUSED', { what: state, connection: connectionId })
  }
  return {
    describe: refuse,
    testAccess: refuse,
    pullProducts: refuse,
    pullOrders: refuse,
    getOrders: refuse,
    listOpenIds: refuse,
    publishPackagingRules: refuse,
    pushStock: refuse,
    pushReports: refuse,
    pullErasures: refuse,
  }
}
