import { channel } from 'node:diagnostics_channel'
import type { EngineCall } from './engine-calls.ts'

/** Said once for each piece of planning that was done: where it ran. `threadId` 0 is the main thread. */
export interface PlannerEvent {
  readonly call: EngineCall
  readonly threadId: number
}

/** A channel of node:diagnostics_channel; costs nothing while nobody listens. */
export const plannerChannel = channel('backroom:planner')

export const tellWhere = (event: PlannerEvent): void => plannerChannel.publish(event)
