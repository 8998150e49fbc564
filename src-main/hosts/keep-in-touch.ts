import type { Room, Visitor } from './handlers.ts'

/** Reports go out this soon after something changed; several changes in a row share one round. */
const settleMs = 400

const background: Visitor = { door: 'cli', actor: 'background' }

/**
 * Keeps the shop and the world in step without anybody asking: reports leave soon after a change, and every so often a
 * whole round with the storefronts is made. Failures wait in the outbox and on the storefront's line of Today.
 */
export function keepInTouch(room: Room, options: { readonly syncSeconds: number }): { stop(): void } {
  let settling: NodeJS.Timeout | undefined
  const deliver = (): void => void room.call('reports.deliver', {}, background, 'background-reports')
  const leave = room.subscribe((topic, event) => {
    const isOwn =
      'operation' in event && (event.operation === 'reports.deliver' || event.operation === 'storefronts.sync')
    if (topic !== 'changed' || isOwn || options.syncSeconds === 0) return
    clearTimeout(settling)
    settling = setTimeout(deliver, settleMs)
  })
  const rounds =
    options.syncSeconds === 0
      ? undefined
      : setInterval(
          () => void room.call('storefronts.sync', {}, background, 'background-sync'),
          options.syncSeconds * 1000,
        )
  return {
    stop() {
      leave()
      clearTimeout(settling)
      clearInterval(rounds)
    },
  }
}
