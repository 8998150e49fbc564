import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { InputOf, OperationName, OutputOf } from '../../src-main/contract/operations.ts'
import { useBridge } from '../bridge/index.ts'

/** A long action under way. `step` is the name of what it is doing, from its last progress event. */
export interface Job {
  readonly id: string
  readonly operation: OperationName
  readonly step: string | undefined
  readonly done: number
  readonly total: number
  readonly isCancelling: boolean
}

/** Long actions: each can be watched and cancelled from any screen. */
export const useJobs = defineStore('jobs', () => {
  const bridge = useBridge()
  const running = ref<readonly Job[]>([])

  const change = (id: string, by: Partial<Job>): void => {
    running.value = running.value.map((job) => (job.id === id ? { ...job, ...by } : job))
  }
  bridge.subscribe('progress', ({ job, step, done, total }) => change(job, { step, done, total }))

  async function run<Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const id = crypto.randomUUID()
    const job: Job = { id, operation, step: undefined, done: 0, total: 0, isCancelling: false }
    running.value = [...running.value, job]
    try {
      return await bridge.call(operation, input, id)
    } finally {
      running.value = running.value.filter((other) => other.id !== id)
    }
  }

  async function cancel(id: string): Promise<void> {
    change(id, { isCancelling: true })
    await bridge.cancel(id)
  }

  const isRunning = (operation: OperationName): boolean => running.value.some((job) => job.operation === operation)
  return { running, run, cancel, isRunning }
})
