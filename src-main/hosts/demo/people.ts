import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../kernel/errors.ts'
import type { Looked, Ordered } from './customers.ts'

/** The customers' process as seen from the stage: they order, they look, they go home. */
export interface Customers {
  readonly ordered: readonly Ordered[]
  look(indices: readonly number[]): Promise<readonly Looked[]>
  stop(): void
}

export async function sendCustomers(options: {
  readonly address: string
  readonly file: string
  readonly count: number
  readonly seed: number
}): Promise<Customers> {
  const path = fileURLToPath(new URL('./customers.ts', import.meta.url))
  const child = fork(path, [options.address, options.file, String(options.count), String(options.seed)])
  const { ordered } = await nextMessage<{ ordered: readonly Ordered[] }>(child)
  return {
    ordered,
    async look(indices) {
      child.send({ look: indices })
      return (await nextMessage<{ looked: readonly Looked[] }>(child)).looked
    },
    stop() {
      child.removeAllListeners('exit')
      child.send({ stop: true })
    },
  }
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void =>
      reject(new AppError('ERR_INTERNAL', { doing: 'customers', exitCode: code ?? -1 }))
    child.once('exit', gone)
    child.once('message', (message) => {
      child.off('exit', gone)
      // Both ends are files of this folder; customers.ts sends nothing else.
      resolve(message as Message)
    })
  })
}
