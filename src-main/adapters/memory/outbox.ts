import type { OutboxMessage } from '../../domain/outbox.ts'
import type { DispatchStore } from '../../ports/store/dispatch-store.ts'
import { isFound, pageOf } from './lists.ts'
import { type MemoryState, saveAll } from './state.ts'

type Outbox = Pick<DispatchStore, 'loadDueMessages' | 'outboxState' | 'saveMessage' | 'findMessage' | 'listMessages'>

/** Messages in the order in which they were first saved, which is the order in which a lane is sent. */
export const outboxInMemory = (state: MemoryState): Outbox => ({
  async loadDueMessages(now, limit) {
    return laneHeads(state)
      .filter((message) => message.notBefore <= now)
      .slice(0, limit)
  },
  async outboxState() {
    const messages = [...state.messages.values()]
    const due = laneHeads(state).map((message) => message.notBefore)
    return {
      waiting: messages.filter((message) => message.state === 'waiting').length,
      refused: messages.filter((message) => message.state === 'refused').length,
      nextAt: due.length === 0 ? undefined : due.reduce((a, b) => Math.min(a, b)),
    }
  },
  async saveMessage(message) {
    saveAll(state.messages, [message], ({ id }) => id)
  },
  async findMessage(id) {
    return state.messages.get(id)
  },
  async listMessages(query) {
    const found = [...state.messages.values()].filter(
      (message) =>
        (query.state === undefined || message.state === query.state) &&
        isFound(query.search, [message.lane, message.payload.kind, message.lastProblem ?? '']),
    )
    return pageOf(found, query, {
      idOf: (message) => message.id,
      sorts: {
        created: (message) => message.createdAt,
        state: (message) => message.state,
        lane: (message) => message.lane,
        attempts: (message) => message.attempts,
      },
      usual: { sort: 'created', descending: true },
    })
  },
})

/** The first waiting message of each lane, oldest first: nothing overtakes it, also while it waits for its time. */
function laneHeads(state: MemoryState): readonly OutboxMessage[] {
  const heads = new Map<string, OutboxMessage>()
  for (const message of state.messages.values()) {
    if (message.state === 'waiting' && !heads.has(message.lane)) heads.set(message.lane, message)
  }
  return [...heads.values()]
}
