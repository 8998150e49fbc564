import type { Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Events, Topic } from '../../contract/events.ts'
import type { Reply } from '../../contract/failure.ts'
import { operations } from '../../contract/operations.ts'
import type { Standing } from '../../contract/operation.ts'
import type { Room } from '../handlers.ts'
import { refuse, statusOf, type StationEnv } from './refuse.ts'

export interface ContractRoutes {
  readonly room: Room
  /** Asked again when a terminal was revoked: whoever is not let in any more hears nothing more either. */
  readonly isStillLetIn: (context: Context<StationEnv>) => Promise<boolean>
}

const heartbeatMs = 15_000

/** Who one is, calls, cancelling, and what is announced; all of it behind the token. */
export function contractRoutes(app: Hono<StationEnv>, { room, isStillLetIn }: ContractRoutes): void {
  let unnamed = 0
  app.get('/me', async (context) => {
    const { visitor } = context.var
    const { door, name, isRemote = false } = visitor
    const { person, standing } = await room.present(visitor)
    return context.json({ door, name, ...(standing && { isRemote, person, standing, operations: openTo(standing) }) })
  })
  app.post('/call/:operation', async (context) => {
    let input: unknown
    try {
      const text = await context.req.text()
      input = text === '' ? {} : JSON.parse(text)
    } catch {
      return refuse(context, 'ERR_INPUT_NOT_JSON', {})
    }
    const job = context.req.header('x-job') ?? `http-${++unnamed}`
    const { visitor } = context.var
    const reply = await room.call(context.req.param('operation'), input, visitor, jobOf(context, job))
    return context.json(reply, reply.ok ? 200 : statusOf(reply.error.code))
  })
  app.post('/cancel/:job', (context) => {
    room.cancel(jobOf(context, context.req.param('job')))
    return context.json({ ok: true, value: null } satisfies Reply<null>)
  })
  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const mine = jobOf(context, '')
      const send = (topic: Topic, event: Events[Topic]): void => {
        // Progress is for whoever asked for the job; what changed concerns everybody.
        if ('job' in event && !event.job.startsWith(mine)) return
        const told = 'job' in event ? { ...event, job: event.job.slice(mine.length) } : event
        void stream.writeSSE({ event: topic, data: JSON.stringify(told) })
      }
      const leave = room.subscribe((topic, event) => {
        if (topic !== 'changed' || !('operation' in event) || event.operation !== 'terminals.revoke')
          return send(topic, event)
        void isStillLetIn(context).then((isIn) => (isIn ? send(topic, event) : stream.abort()))
      })
      stream.onAbort(leave)
      while (!stream.aborted) await stream.sleep(heartbeatMs).then(() => stream.write(': here\n\n'))
    }),
  )
}

/** What whoever stands at a station may ask for; its screens show nothing else. */
const openTo = (standing: Standing): readonly string[] =>
  Object.entries(operations)
    .filter(([, one]) => one.audience.includes('station') && one.standings.includes(standing))
    .map(([name]) => name)

/** Job names are the caller's own; two terminals may use the same one. */
const jobOf = (context: Context<StationEnv>, job: string): string => `${context.var.visitor.actor}/${job}`
