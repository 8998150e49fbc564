import { expect, test } from 'vitest'
import { keepSafe } from '../../../src-main/hosts/keep-safe.ts'
import type { Room } from '../../../src-main/hosts/handlers.ts'

/** A room that writes down what it is asked, and answers when it is told to. */
function listeningRoom() {
  const asked: string[] = []
  const room: Pick<Room, 'call' | 'cancel'> = {
    async call(operation) {
      asked.push(operation)
      return { ok: true, value: null }
    },
    cancel: (job) => void asked.push(`cancel ${job}`),
  }
  // Only these two are used.
  return { asked, room: room as Room }
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('the purge and the backup of the day are looked for soon after the start and again and again, the purge first', async () => {
  const { asked, room } = listeningRoom()
  const safe = keepSafe(room, { firstLookMs: 1, lookAgainMs: 1 })
  while (asked.length < 4) await later(1)
  await safe.stop()
  expect(asked.slice(0, 4)).toEqual(['privacy.purge-if-due', 'backup.if-due', 'privacy.purge-if-due', 'backup.if-due'])
})

test('a program that ends before its first look looks then, once, and never again', async () => {
  const { asked, room } = listeningRoom()
  await keepSafe(room).stop()
  expect(asked.filter((one) => !one.startsWith('cancel'))).toEqual(['privacy.purge-if-due', 'backup.if-due'])
  await later(5)
  expect(asked.filter((one) => one === 'backup.if-due')).toHaveLength(1)
})
