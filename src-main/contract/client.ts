import type { Events, Topic } from './events.ts'
import { valueOf, type Reply } from './failure.ts'
import type { InputOf, OperationName, OutputOf } from './operations.ts'

/** Two functions on the wire; IPC, HTTP and the command line each have one of these. */
export interface Transport {
  /** `job` names the call, so that its progress can be heard and it can be cancelled. */
  call(operation: string, input: unknown, job: string): Promise<Reply<unknown>>
  cancel(job: string): Promise<void>
  subscribe(listener: (topic: Topic, event: Events[Topic]) => void): () => void
}

/** The same calls through every door. Failures are thrown as AppError. */
export interface Client {
  call<Name extends OperationName>(operation: Name, input: InputOf<Name>, job?: string): Promise<OutputOf<Name>>
  cancel(job: string): Promise<void>
  subscribe<Name extends Topic>(topic: Name, listener: (event: Events[Name]) => void): () => void
}

export function clientOver(transport: Transport): Client {
  let jobs = 0
  return {
    async call(operation, input, job = `job-${++jobs}`) {
      const reply = await transport.call(operation, input, job)
      // The other side runs the handler that is typed with this operation's output.
      return valueOf(reply as Reply<OutputOf<typeof operation>>)
    },
    cancel: (job) => transport.cancel(job),
    subscribe: (topic, listener) =>
      transport.subscribe((heard, event) => {
        // Topic and event come as a pair from the same announcement.
        if (heard === topic) listener(event as Events[typeof topic])
      }),
  }
}
