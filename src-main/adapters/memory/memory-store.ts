import type { Store } from '../../ports/store/store.ts'
import { catalogueInMemory } from './catalogue.ts'
import { couriersInMemory } from './couriers.ts'
import { dispatchInMemory } from './dispatch.ts'
import { importsInMemory } from './imports.ts'
import { counterInMemory, invoicesInMemory } from './invoices.ts'
import { printingInMemory } from './printing.ts'
import { ordersInMemory } from './orders.ts'
import { peopleInMemory } from './people.ts'
import { reportsInMemory } from './reports.ts'
import { clearState, emptyState } from './state.ts'
import { wavesInMemory } from './waves.ts'

/** An empty store that forgets everything when it is let go: for tests of the use cases and for trying things out. */
export function memoryStore(): Store {
  const state = emptyState()
  return {
    ...catalogueInMemory(state),
    ...ordersInMemory(state),
    ...wavesInMemory(state),
    ...dispatchInMemory(state),
    ...couriersInMemory(state),
    ...peopleInMemory(state),
    ...invoicesInMemory(state),
    ...counterInMemory(state),
    ...importsInMemory(state),
    ...printingInMemory(state),
    ...reportsInMemory(state),
    removeEverything: async () => clearState(state),
    async close() {},
  }
}
