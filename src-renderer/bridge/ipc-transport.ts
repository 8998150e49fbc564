import type { Transport } from '../../src-main/contract/client.ts'
import type { DesktopCommand, DesktopSettings, DesktopState, UpdateAnswer } from '../../src-main/contract/desktop.ts'
import type { Caller } from './bridge.ts'

/** What the preload script puts on the window; see src-main/hosts/electron/preload.ts. */
export interface PreloadBridge extends Transport {
  whoAmI(): Promise<Caller>
  openDocument(documentId: string): Promise<void>
  openPackingWindow(): Promise<void>
  lookForUpdate(): Promise<UpdateAnswer>
  takeUpdate(): Promise<UpdateAnswer>
  desktopState(): Promise<DesktopState>
  saveDesktop(settings: DesktopSettings): Promise<void>
  onCommand(listener: (command: DesktopCommand) => void): () => void
}

declare global {
  interface Window {
    readonly backroom?: PreloadBridge
  }
}

/** The preload's bridge inside Electron; undefined in any other browser. */
export const findPreloadBridge = (): PreloadBridge | undefined => window.backroom
