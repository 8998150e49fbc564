import type { Room, Visitor } from './handlers.ts'

/** Several parcels packed in a row share one round. */
const settleMs = 1500

const background: Visitor = { door: 'cli', actor: 'background' }

/** What may bring an order so far that the shop has it invoiced by itself. */
const mayBringOn: ReadonlySet<string> = new Set([
  'pack.confirm',
  'manifests.close',
  'waves.run',
  'counter.hand-over',
  'invoices.configure',
])

/** Issues invoices by themselves soon after parcels were packed or handed over, where the shop has chosen so. */
export function invoiceWhenDue(room: Room): { stop(): void } {
  let settling: NodeJS.Timeout | undefined
  const issue = (): void => void room.call('invoices.issue-due', {}, background, 'background-invoices')
  const leave = room.subscribe((topic, event) => {
    if (topic !== 'changed' || !('operation' in event) || !mayBringOn.has(event.operation)) return
    clearTimeout(settling)
    settling = setTimeout(issue, settleMs)
  })
  return {
    stop() {
      leave()
      clearTimeout(settling)
    },
  }
}
