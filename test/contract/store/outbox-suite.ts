import { expect, test } from 'vitest'
import type { OutboxMessage } from '../../../src-main/domain/outbox.ts'
import { testNow } from '../../fixtures/builders.ts'
import { makeManifestMessage, makeReportMessage } from '../../fixtures/wave-builders.ts'
import { everything, type MakeStore } from './shop.ts'

export function outboxSuite(makeStore: MakeStore): void {
  const outbox = async (messages: readonly OutboxMessage[]) => {
    const store = await makeStore()
    for (const message of messages) await store.saveMessage(message)
    const due = async (at: number, limit = 10) => (await store.loadDueMessages(at, limit)).map(({ id }) => id)
    return { store, due }
  }
  const message = (id: string, given: Partial<OutboxMessage> = {}) =>
    makeReportMessage({}, { id, lane: 'order-1', ...given })

  test('only the first waiting message of each lane is due, oldest first', async () => {
    const { store, due } = await outbox([
      message('a-1', { createdAt: testNow }),
      message('b-1', { createdAt: testNow + 1, lane: 'order-2' }),
      message('a-2', { createdAt: testNow + 2 }),
      makeManifestMessage({ id: 'v-1', createdAt: testNow + 3 }),
    ])
    expect(await due(testNow + 9)).toEqual(['a-1', 'b-1', 'v-1'])
    expect(await due(testNow + 9, 2)).toEqual(['a-1', 'b-1'])
    await store.saveMessage(message('a-1', { createdAt: testNow, state: 'sent', attempts: 1 }))
    expect(await due(testNow + 9)).toEqual(['b-1', 'a-2', 'v-1'])
  })

  test('messages made in the same instant go out in the order in which they were saved', async () => {
    const { store, due } = await outbox([message('z'), message('m'), message('a')])
    expect(await due(testNow)).toEqual(['z'])
    await store.saveMessage(message('z', { state: 'sent' }))
    expect(await due(testNow)).toEqual(['m'])
  })

  test('a message whose time has not come holds its lane back', async () => {
    const { due } = await outbox([message('first', { notBefore: testNow + 60 }), message('second')])
    expect(await due(testNow)).toEqual([])
    expect(await due(testNow + 59)).toEqual([])
    expect(await due(testNow + 60)).toEqual(['first'])
  })

  test('a refused message lets the next of its lane pass', async () => {
    const { due } = await outbox([message('first', { state: 'refused', lastProblem: 'gone' }), message('second')])
    expect(await due(testNow)).toEqual(['second'])
  })

  test('a message is found by its id, and one that was taken back is sent no more', async () => {
    const { store, due } = await outbox([message('first'), message('second')])
    const first = await store.findMessage('first')
    expect(first).toMatchObject({ id: 'first', state: 'waiting' })
    expect(await store.findMessage('other')).toBeUndefined()
    if (first) await store.saveMessage({ ...first, state: 'withdrawn' })
    expect(await due(testNow)).toEqual(['second'])
  })

  test('the state of the outbox says how many wait and when the next lane is due', async () => {
    const { store } = await outbox([])
    expect(await store.outboxState()).toEqual({ waiting: 0, refused: 0, nextAt: undefined })
    await store.saveMessage(message('a-1', { notBefore: testNow + 60 }))
    await store.saveMessage(message('a-2', { notBefore: testNow }))
    await store.saveMessage(message('b-1', { lane: 'order-2', notBefore: testNow + 90 }))
    await store.saveMessage(message('c-1', { lane: 'order-3', state: 'refused' }))
    await store.saveMessage(message('d-1', { lane: 'order-4', state: 'sent' }))
    expect(await store.outboxState()).toEqual({ waiting: 3, refused: 1, nextAt: testNow + 60 })
  })

  test('messages are listed by their state, a page at a time', async () => {
    const { store } = await outbox([
      message('a'),
      message('b', { state: 'refused' }),
      message('c', { state: 'refused' }),
    ])
    const refused = await store.listMessages({ offset: 0, limit: 1, state: 'refused' })
    expect(refused.total).toBe(2)
    expect(refused.rows).toHaveLength(1)
    expect((await store.listMessages(everything)).total).toBe(3)
  })
}
