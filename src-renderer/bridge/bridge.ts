import type { Client } from '../../src-main/contract/client.ts'
import type { DesktopCommand, DesktopSettings, DesktopState, UpdateAnswer } from '../../src-main/contract/desktop.ts'
import type { Door, Standing } from '../../src-main/contract/operation.ts'
import type { OperationName } from '../../src-main/contract/operations.ts'

/** Through which door this page came in, and under whose name. */
export interface Caller {
  readonly door: Door
  readonly name: string
  /** At a paired station: who stands there, and what they may ask for. */
  readonly standing?: Standing
  readonly person?: { readonly id: string; readonly name: string }
  readonly operations?: readonly OperationName[]
  /** The station is not this machine. */
  readonly isRemote?: boolean
}

/** What only the desktop window has: its manners on this machine. */
export interface DesktopBridge {
  state(): Promise<DesktopState>
  save(settings: DesktopSettings): Promise<void>
  openPackingWindow(): void
  lookForUpdate(): Promise<UpdateAnswer>
  /** Lays the newer version ready and opens its installer, after a backup. */
  takeUpdate(): Promise<UpdateAnswer>
  /** Called for what the menu, a link or a second start wants shown, until the answer is called. */
  onCommand(listener: (command: DesktopCommand) => void): () => void
}

/** Everything the page asks of the world outside it. */
export interface Bridge extends Client {
  whoAmI(): Promise<Caller>
  /** Shows an issued document (PDF, JSON, sealed text) beside the page. */
  openDocument(documentId: string): void
  /** Undefined in any browser. */
  readonly desktop: DesktopBridge | undefined
}
