import type { Client } from '../../src-main/contract/client.ts'
import type { Door } from '../../src-main/contract/operation.ts'

/** Through which door this page came in, and under whose name. */
export interface Caller {
  readonly door: Door
  readonly name: string
}

/** Everything the page asks of the world outside it. */
export interface Bridge extends Client {
  whoAmI(): Promise<Caller>
  /** Shows an issued document (PDF, JSON, sealed text) beside the page. */
  openDocument(documentId: string): void
}
