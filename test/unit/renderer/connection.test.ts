import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { againMs, connectionOf, inTime, patienceMs } from '../../../src-renderer/offline/connection.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function connection() {
  const asked = vi.fn()
  const state = { waiting: 0 }
  return { asked, state, ...connectionOf({ now: Date.now, isWaiting: () => state.waiting > 0, ask: asked }) }
}

test('a shop that does not answer is asked again, and the first time it did not is kept', () => {
  const { asked, offlineSince, reach } = connection()
  reach(false)
  const since = offlineSince.value
  vi.advanceTimersByTime(againMs)
  expect(asked).toHaveBeenCalledTimes(1)
  reach(false)
  expect(offlineSince.value).toBe(since)
  reach(true)
  expect(offlineSince.value).toBeUndefined()
  vi.advanceTimersByTime(2 * againMs)
  expect(asked).toHaveBeenCalledTimes(1)
})

test('an answer to somebody else does not end the asking while something waits to be told', () => {
  const { asked, state, reach } = connection()
  state.waiting = 2
  reach(false)
  reach(true)
  vi.advanceTimersByTime(againMs)
  expect(asked).toHaveBeenCalledTimes(1)
})

test('no answer for long enough means out of reach; one in time is the answer, a refusal the refusal', async () => {
  const late = expect(inTime(new Promise(() => undefined))).rejects.toMatchObject({ code: 'ERR_SERVER_UNREACHABLE' })
  await vi.advanceTimersByTimeAsync(patienceMs)
  await late
  await expect(inTime(Promise.resolve(7))).resolves.toBe(7)
  await expect(inTime(Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(vi.getTimerCount()).toBe(0)
})
