import { userInfo } from 'node:os'
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { DesktopSettings, DesktopState } from '../../contract/desktop.ts'
import type { Reply } from '../../contract/failure.ts'
import type { Room, Visitor } from '../handlers.ts'
import { requestChannel, type WindowRequest } from './channel.ts'
import { settingsFrom } from './desktop-file.ts'
import type { Updates } from './update.ts'
import { isOwnPage } from './window.ts'

export interface RequestOptions {
  readonly room: Room
  readonly openDocument: (documentId: string) => void
  readonly openPacking: () => void
  readonly desktopState: () => DesktopState
  readonly updates: Updates
  readonly saveDesktop: (settings: DesktopSettings) => void
}

const refused: Reply<never> = { ok: false, error: { code: 'ERR_NOT_ALLOWED', details: { reason: 'sender' } } }
const unreadable: Reply<never> = { ok: false, error: { code: 'ERR_INPUT_INVALID', details: { path: 'request' } } }

/** Answers the window's one channel. Only our own page in the top frame is heard. */
export function answerRequests(options: RequestOptions): void {
  const who: Visitor = { door: 'desktop', actor: `desktop:${userInfo().username}` }
  ipcMain.handle(requestChannel, async (event, raw: unknown) => {
    if (!isFromOwnPage(event)) return refused
    const request = readRequest(raw)
    return request === undefined ? unreadable : answer(options, who, request)
  })
}

function answer(options: RequestOptions, who: Visitor, request: WindowRequest): unknown {
  const { room } = options
  switch (request.kind) {
    case 'call':
      return room.call(request.operation, request.input, who, request.job)
    case 'cancel':
      return room.cancel(request.job)
    case 'who-am-i':
      return { door: who.door, name: userInfo().username }
    case 'open-document':
      return options.openDocument(request.documentId)
    case 'open-packing':
      return options.openPacking()
    case 'desktop-state':
      return options.desktopState()
    case 'update-look':
      return options.updates.look()
    case 'update-take':
      return options.updates.take()
    case 'desktop-save': {
      const settings = settingsFrom(request.settings)
      return settings === undefined ? unreadable : options.saveDesktop(settings)
    }
  }
}

function isFromOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOwnPage(frame.url)
}

/** The operation's own input is parsed behind the door; here only the envelope is looked at. */
function readRequest(raw: unknown): WindowRequest | undefined {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw)) return undefined
  const { kind, operation, input, job, documentId, settings } = raw as { readonly [key: string]: unknown } // an object, see above
  if (kind === 'call' && typeof operation === 'string' && typeof job === 'string')
    return { kind, operation, input, job }
  if (kind === 'cancel' && typeof job === 'string') return { kind, job }
  if (kind === 'open-document' && typeof documentId === 'string') return { kind, documentId }
  if (kind === 'desktop-save') return { kind, settings }
  if (kind === 'update-look' || kind === 'update-take') return { kind }
  return kind === 'who-am-i' || kind === 'open-packing' || kind === 'desktop-state' ? { kind } : undefined
}
