import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DesktopSettings } from '../../../../src-main/contract/desktop.ts'
import type { Events, Topic } from '../../../../src-main/contract/events.ts'
import type { Room } from '../../../../src-main/hosts/handlers.ts'

vi.mock('electron', async () => import('../../../stand-in/system-signs.ts'))
const { Notification } = await import('../../../stand-in/system-signs.ts')
const { noticesOf } = await import('../../../../src-main/hosts/electron/notices.ts')

const all = { orders: true, courierFiles: true, backups: true }

/** A room where somebody else changes things, and a desk that somebody looks at or not. */
function stage(notices: DesktopSettings['notices'] = all, isLookedAt = false) {
  const told: string[] = []
  vi.spyOn(Notification.prototype, 'show').mockImplementation(function (this: { readonly title: string }) {
    told.push(this.title)
  })
  let received = 2
  let failure: { at: number } | undefined
  const listeners: ((topic: Topic, event: Events[Topic]) => void)[] = []
  const room: Room = {
    call: async (operation) =>
      operation === 'today.get' ? { ok: true, value: { orders: { received } } } : { ok: true, value: { failure } },
    cancel: () => undefined,
    unusedMs: () => Infinity,
    present: () => Promise.reject(new Error('Nobody stands here')),
    subscribe(listener) {
      listeners.push(listener)
      return () => undefined
    },
  }
  const settings = { language: 'en', keepsInTray: false, updatesFrom: '', notices } as const
  const running = noticesOf({
    room,
    settings: () => settings,
    words: () => (key, n) => `${key}${n === undefined ? '' : ` ${n}`}`,
    isLookedAt: () => isLookedAt,
    show: () => undefined,
  })
  return {
    told,
    running,
    orders: (count: number) => void (received += count),
    failed: (at: number) => void (failure = { at }),
    announce: (topic: Topic, event: Events[Topic]) => listeners.forEach((listener) => listener(topic, event)),
  }
}

const changed = (operation: string) => ['changed', { operation }] as const
const settle = () => vi.advanceTimersByTimeAsync(5_000)

describe('what the desktop tells while nobody looks', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  test('is how many orders came, once for a burst of changes, and nothing when orders go', async () => {
    vi.useFakeTimers()
    const { told, orders, announce, running } = stage()
    await settle()
    for (const count of [1, 2]) {
      orders(count)
      announce(...changed('storefronts.sync'))
    }
    await settle()
    orders(-4)
    announce(...changed('waves.plan'))
    await settle()
    expect(told).toEqual(['desktop.notices.orders.title 3'])
    running.stop()
  })

  test('is a refused file of a courier, and each failed backup once', async () => {
    vi.useFakeTimers()
    const { told, announce, failed } = stage()
    announce('refused', { operation: 'status.import', code: 'ERR_STATUS_FILE_INVALID' })
    failed(7)
    for (let i = 0; i < 2; i++) {
      announce(...changed('backup.if-due'))
      await settle()
    }
    expect(told).toEqual(['desktop.notices.courierFiles.title', 'desktop.notices.backups.title'])
  })

  test.each([
    ['somebody looks', all, true],
    ['nobody wants to be told', { orders: false, courierFiles: false, backups: false }, false],
  ] as const)('is nothing when %s', async (_when, notices, isLookedAt) => {
    vi.useFakeTimers()
    const { told, announce, orders, failed } = stage(notices, isLookedAt)
    await settle()
    orders(5)
    failed(9)
    announce('refused', { operation: 'status.import', code: 'ERR_STATUS_FILE_INVALID' })
    announce(...changed('backup.if-due'))
    await settle()
    expect(told).toEqual([])
  })
})
