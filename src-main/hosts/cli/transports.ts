import type { Transport } from '../../contract/client.ts'
import type { Reply } from '../../contract/failure.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Room, Visitor } from '../handlers.ts'
import type { RunningServer } from '../server-file.ts'

/** Straight into the room of this process. */
export const directTransport = (room: Room, who: Visitor): Transport => ({
  call: (operation, input, job) => room.call(operation, input, who, job),
  cancel: async (job) => room.cancel(job),
  subscribe: (listener) => room.subscribe(listener),
})

/** Through the server that has the shop open. Its progress stays there; its answers come back the same. */
export const httpTransport = (server: RunningServer): Transport => ({
  async call(operation, input, job) {
    const answer = await post(server, `/call/${operation}`, { body: JSON.stringify(input ?? {}), job })
    // The other side is our own server; every answer of its call route is a Reply.
    return (await answer.json()) as Reply<unknown>
  },
  async cancel(job) {
    await post(server, `/cancel/${encodeURIComponent(job)}`, { body: '', job })
  },
  subscribe: () => () => undefined,
})

async function post(server: RunningServer, path: string, sent: { body: string; job: string }): Promise<Response> {
  try {
    return await fetch(server.address + path, {
      method: 'POST',
      body: sent.body,
      headers: { authorization: `Bearer ${server.cliToken}`, 'content-type': 'application/json', 'x-job': sent.job },
    })
  } catch (cause) {
    throw new AppError('ERR_STORE_LOCKED', { heldBy: server.pid, reason: 'server-does-not-answer' }, { cause })
  }
}
