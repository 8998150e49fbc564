import { Notification } from 'electron'
import type { DesktopSettings } from '../../contract/desktop.ts'
import type { OutputOf } from '../../contract/operations.ts'
import type { Room, Visitor } from '../handlers.ts'
import type { Words } from './words.ts'

export interface NoticesOptions {
  readonly room: Room
  readonly settings: () => DesktopSettings
  readonly words: () => Words
  /** Somebody has one of our windows before them: the screens tell everything themselves. */
  readonly isLookedAt: () => boolean
  /** Brings the window forward at this screen. */
  readonly show: (path: string) => void
}

/** Not `desktop`: looking for news by itself must not count as somebody using the window. */
const background: Visitor = { door: 'cli', actor: 'background' }
/** Orders come in bursts while a storefront is read; one look after them is enough. */
const settleMs = 1_500

/**
 * Tells through the system what matters while nobody looks: new orders, a courier's file that was refused, a backup that
 * failed. Counts only: what stands on a locked screen is read by anybody.
 */
export function noticesOf(options: NoticesOptions): { stop(): void } {
  const { room, settings, words, isLookedAt, show } = options
  const shown = new Set<Notification>()
  let timer: NodeJS.Timeout | undefined
  let received: number | undefined
  let failedAt: number | undefined
  const tell = (kind: keyof DesktopSettings['notices'], path: string, n?: number): void => {
    if (!settings().notices[kind] || isLookedAt() || !Notification.isSupported()) return
    const notice = new Notification({
      title: words()(`desktop.notices.${kind}.title`, n),
      body: words()(`desktop.notices.${kind}.text`, n),
    })
    // Kept until it is gone: a notification that nobody holds loses its click.
    shown.add(notice)
    notice.once('click', () => show(path))
    notice.once('close', () => shown.delete(notice))
    notice.show()
  }
  const countOrders = async (): Promise<void> => {
    const today = await ask(room, 'today.get')
    const before = received
    received = today?.orders.received
    if (before !== undefined && received !== undefined && received > before)
      tell('orders', '/orders?status=received', received - before)
  }
  const lookAtBackups = async (): Promise<void> => {
    const failure = (await ask(room, 'backup.state'))?.failure
    if (failure && failure.at !== failedAt) tell('backups', '/privacy/backups')
    failedAt = failure?.at
  }
  const leave = room.subscribe((topic, event) => {
    if (topic === 'refused') return tell('courierFiles', '/dispatch')
    if (topic !== 'changed' || !('operation' in event)) return
    if (event.operation === 'backup.if-due') void lookAtBackups()
    clearTimeout(timer)
    timer = setTimeout(() => void countOrders(), settleMs)
  })
  void countOrders()
  return {
    stop() {
      leave()
      clearTimeout(timer)
    },
  }
}

async function ask<Name extends 'today.get' | 'backup.state'>(
  room: Room,
  operation: Name,
): Promise<OutputOf<Name> | undefined> {
  const reply = await room.call(operation, {}, background, `notices ${operation}`)
  // The operation's own answer. A shop that is not set up has no news.
  return reply.ok ? (reply.value as OutputOf<Name>) : undefined
}
