import { systemClock } from '../core/clock.ts'
import { parseShopKey } from '../core/courier-keys.ts'
import { kindOfText, parcelNumberOf } from '../core/kind-of-text.ts'
import { openLabel, type OpenedLabel } from '../core/label.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import { sortScanned, type Scanned } from '../scan/scanned.ts'
import { codeReader, pixelsOf } from './code-reader.ts'
import type { Session } from './session.ts'
import type { Teller } from './teller.ts'
import { t } from './texts/texts.ts'

/** What scanning is for just now: finding a stop, or counting parcels into the van. */
export type ScanMode = 'find' | 'load'

export interface Desk {
  readonly session: Session
  readonly tell: Teller
  mode(): ScanMode
  /** Shows the stop of a parcel. */
  showStop(stop: number): void
  /** Shows a label that belongs to no stop of the open manifest. */
  showLabel(label: OpenedLabel | undefined): void
}

/** Takes in any text of ours, whichever way it came. */
export async function takeText(desk: Desk, text: string): Promise<void> {
  const { session, tell } = desk
  switch (kindOfText(text)) {
    case 'manifest':
      requireKeys(session)
      tell.quiet()
      return session.takeIn(text)
    case 'label':
      return takeScan(desk, { block: text.trim(), isAmbiguous: false })
    case 'parcel-number':
      return takeScan(desk, { parcelNumber: parcelNumberOf(text), isAmbiguous: false })
    case 'shop-key':
      return takeShopKey(session, text)
    default:
      return takeUnknown(desk, text.trim())
  }
}

/** A number that some courier prints is no number of ours, but it may stand on the manifest; a bad manifest is named. */
async function takeUnknown(desk: Desk, text: string): Promise<void> {
  if (desk.session.work()?.run.pids.includes(text)) return takeScan(desk, { parcelNumber: text, isAmbiguous: false })
  if (/^eyJ[\w-]+\./.test(text) && desk.session.keys()) return desk.session.takeIn(text)
  desk.tell.bad(t('scan.notOurs'))
}

const requireKeys = (session: Session): void => {
  if (!session.keys()) throw new AppError('ERR_COURIER_KEY_MISSING', { reason: 'locked' })
}

async function takeShopKey(session: Session, text: string): Promise<void> {
  requireKeys(session)
  const key = await parseShopKey(text)
  if (!key) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'shop-key' })
  session.waitFor({ shopKid: key.kid })
}

/** Takes in a file: a picture is looked at, anything else is read as text. */
export async function takeFile(desk: Desk, file: Blob): Promise<void> {
  if (!file.type.startsWith('image/')) return takeText(desk, await file.text())
  const { tell } = desk
  requireKeys(desk.session)
  tell.good(t('scan.looking'))
  const pixels = await pixelsOf(file).catch(() => undefined)
  if (!pixels) return tell.bad(t('scan.notPicture'))
  const found = await (await codeReader()).read(pixels, { kind: 'photo' })
  const scanned = sortScanned(found)
  if (scanned.isAmbiguous) return tell.bad(t('scan.two'))
  if (scanned.other !== undefined) return takeText(desk, scanned.other)
  if (scanned.block === undefined && scanned.parcelNumber === undefined) return tell.bad(t('scan.nothing'))
  if (scanned.block === undefined && !desk.session.work()) return tell.bad(t('scan.onlyBars'))
  return takeScan(desk, scanned)
}

/**
 * One label, by its square, its bars or both. The square says sealed for which parcel it is; bars of another parcel
 * beside it are refused. What is on the open manifest leads to its stop, or into the van.
 */
export async function takeScan(desk: Desk, scanned: Scanned): Promise<void> {
  const { session } = desk
  requireKeys(session)
  if (scanned.other !== undefined) return takeText(desk, scanned.other)
  const keys = session.keys()
  const label =
    scanned.block === undefined || !keys
      ? undefined
      : await openLabel(scanned.block, { keys, parcelNumber: scanned.parcelNumber, now: systemClock.now() })
  const pid = label?.parcelNumber ?? scanned.parcelNumber ?? ''
  desk.showLabel(undefined)
  const stop = session.work()?.stops.find(({ parcels }) => parcels.some((parcel) => parcel.pid === pid))
  if (!stop) return notHere(desk, { pid, label })
  if (desk.mode() === 'load') return takeOnBoard(desk, pid)
  desk.showStop(stop.stop)
  const isCompared = scanned.parcelNumber !== undefined
  desk.tell.good(t(isCompared ? 'scan.found' : 'scan.compare', { pid, seq: stop.seq }))
}

function takeOnBoard({ session, tell }: Desk, pid: string): void {
  const { outcome, loaded } = session.load(pid)
  const gaps = { pid, loaded: loaded.length, all: session.work()?.run.pids.length ?? 0 }
  tell.good(t(outcome === 'again' ? 'load.again' : 'load.taken', gaps))
}

function notHere(desk: Desk, { pid, label }: { pid: string; label: OpenedLabel | undefined }): void {
  const { session, tell } = desk
  desk.showLabel(label)
  const number = session.work()?.manifest.number
  if (number === undefined) {
    if (label) return tell.good(t('scan.opened', { pid }))
    return tell.bad(t('scan.onlyBars'))
  }
  const other = session.kept().find((kept) => session.pidsOf(kept.id).includes(pid))
  if (other) return tell.bad(t('scan.onOther', { pid, number: other.number }))
  tell.bad(t(label ? 'scan.foreignLabel' : 'scan.unknownNumber', { pid, number }))
}
