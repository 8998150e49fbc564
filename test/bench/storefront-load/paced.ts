import type autocannon from 'autocannon'
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadCustomer } from './customers.ts'

export interface Paced {
  readonly sortedMs: readonly number[]
  readonly failed: number
  readonly perSecond: number
}

/** Customers who look at an answer for half a second to one and a half before they ask again. */
export async function paced(
  address: string,
  customers: readonly LoadCustomer[],
  { ask, seconds }: { readonly ask: (customer: LoadCustomer) => autocannon.Request; readonly seconds: number },
): Promise<Paced> {
  const times: number[] = []
  let failed = 0
  const end = performance.now() + seconds * 1000
  const stay = async (customer: LoadCustomer, index: number): Promise<void> => {
    await pause((1000 * index) / customers.length)
    for (let turn = 0; performance.now() < end; turn += 1) {
      const { path, method, headers, body } = ask(customer)
      const began = performance.now()
      const answer = await fetch(`${address}${path}`, {
        method: method ?? 'GET',
        // Always an object of plain texts here; autocannon's own type allows lists too.
        headers: headers as Record<string, string>,
        ...(typeof body === 'string' && { body }),
      })
      await answer.arrayBuffer()
      times.push(performance.now() - began)
      if (!answer.ok) failed += 1
      await pause(500 + ((index * 271 + turn * 617) % 1000))
    }
  }
  await Promise.all(customers.map(stay))
  return { sortedMs: times.sort((a, b) => a - b), failed, perSecond: times.length / seconds }
}
