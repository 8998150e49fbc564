import { AppError } from '../../src-main/kernel/errors.ts'
import type { Clock } from '../../src-main/kernel/time.ts'
import { pairsFor, type CourierKeys, type KeyPairs } from '../core/courier-keys.ts'
import { openManifest, type OpenedManifest } from '../core/manifest.ts'
import { lastEvent, mark, nextReport, startRun, type DeliveryEvent, type Run } from '../core/run.ts'
import { readHeader } from '../core/sealed-text.ts'
import { sha256Hex } from '../core/sha256.ts'
import { signReceipt, signStatusFile } from '../core/signed-answers.ts'
import { openStops, type OpenedStop, type StopParcel } from '../core/stops.ts'
import type { Inbox, KeptManifest } from './inbox.ts'

export interface TerminalStop extends Omit<OpenedStop, 'parcels'> {
  readonly parcels: readonly (StopParcel & { readonly last?: DeliveryEvent | undefined })[]
}

/** What the courier's terminal can do, whichever way it is asked. */
export interface Terminal {
  /** Takes a sealed manifest in, once; the same file again gives the same receipt. */
  receive(content: string, idempotencyKey?: string): Promise<{ number: string; receipt: string; isNew: boolean }>
  /** Takes in what was put into the folder by hand; gives the codes of files that could not be opened. */
  takeInFolder(): Promise<readonly { fileName: string; problem: string }[]>
  manifests(): readonly { number: string; receivedAt: number; parcels: number; open: number; sequence: number }[]
  stops(number?: string): Promise<readonly { manifest: string; stops: readonly TerminalStop[] }[]>
  mark(number: string, event: Omit<DeliveryEvent, 'at'> & { at?: number | undefined }): DeliveryEvent
  /** The next signed status file; undefined when nothing happened since the last one. */
  statusFile(number: string, options?: { all?: boolean }): Promise<string | undefined>
}

interface Deps {
  readonly inbox: Inbox
  readonly keys: CourierKeys
  readonly clock: Clock
}

export function terminalOver(deps: Deps): Terminal {
  const { inbox, keys, clock } = deps
  const find = (number: string): KeptManifest => {
    const found = inbox.state().manifests.find((kept) => kept.number === number)
    if (!found) throw new AppError('ERR_MANIFEST_NOT_FOUND', { manifest: number })
    return found
  }
  const saveRun = (run: Run): void => {
    const replace = (kept: KeptManifest): KeptManifest => (kept.number === run.manifest ? { ...kept, run } : kept)
    inbox.save({ ...inbox.state(), manifests: inbox.state().manifests.map(replace) })
  }
  const reopen = (kept: KeptManifest): Promise<OpenedManifest> =>
    openManifest(inbox.read(kept.fileName), { keys, now: clock.now(), pinnedShopKid: inbox.state().shopKid })

  const take = inTurn((arrived: Arrived) => receive(deps, arrived))

  return {
    receive: (content, idempotencyKey) => take({ content, idempotencyKey }),
    takeInFolder: () => takeInFolder(inbox, take),
    manifests: () =>
      inbox.state().manifests.map(({ number, receivedAt, run }) => ({
        number,
        receivedAt,
        parcels: run.pids.length,
        open: run.pids.filter((pid) => !isDone(lastEvent(run, pid))).length,
        sequence: run.sequence,
      })),
    async stops(number) {
      const wanted = number === undefined ? inbox.state().manifests : [find(number)]
      return Promise.all(
        wanted.map(async (kept) => {
          const stops = await openStops(await reopen(kept), { keys, now: clock.now() })
          return { manifest: kept.number, stops: stops.map((stop) => withEvents(stop, kept.run)) }
        }),
      )
    },
    mark(number, { at = clock.now(), ...event }) {
      const run = mark(find(number).run, { ...event, at })
      saveRun(run)
      return run.events.at(-1) ?? { ...event, at }
    },
    async statusFile(number, options) {
      const kept = find(number)
      const report = nextReport(kept.run, options)
      if (!report) return undefined
      // The sequence is used up before the file leaves: a crash in between leaves a gap, never the same number twice.
      saveRun(report.run)
      const { kid } = readHeader(inbox.read(kept.fileName).trim(), 'backroom-manifest')
      return signStatusFile(signerOf(keys, kid), report.content)
    },
  }
}

/** The shop knows the signing key that was handed over together with the key it sealed for. */
const signerOf = (keys: CourierKeys, sealedFor: string): KeyPairs => pairsFor(keys, sealedFor) ?? keys

const isDone = (event: DeliveryEvent | undefined): boolean =>
  event?.status === 'delivered' || event?.status === 'returned'

const withEvents = (stop: OpenedStop, run: Run): TerminalStop => ({
  ...stop,
  parcels: stop.parcels.map((parcel) => ({ ...parcel, last: lastEvent(run, parcel.pid) })),
})

/** One after the other: two posts of the same manifest at once must not both be the first. */
function inTurn<Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (...args) => {
    const mine = last.then(() => work(...args))
    last = mine.catch(() => undefined)
    return mine
  }
}

interface Arrived {
  readonly content: string
  readonly idempotencyKey?: string | undefined
  /** Set when the file lies in the folder already. */
  readonly fileName?: string | undefined
}
interface Taken {
  readonly number: string
  readonly receipt: string
  readonly isNew: boolean
}

async function receive(deps: Deps, { content, idempotencyKey, fileName }: Arrived): Promise<Taken> {
  const { inbox, keys, clock } = deps
  const sha256 = await sha256Hex(content)
  const { manifests, shopKid } = inbox.state()
  const byKey = manifests.find((kept) => idempotencyKey !== undefined && kept.idempotencyKeys.includes(idempotencyKey))
  if (byKey && byKey.sha256 !== sha256) throw otherContent(byKey.number)
  const same = manifests.find((kept) => kept.sha256 === sha256)
  if (same) return { number: same.number, receipt: same.receipt, isNew: false }

  const receivedAt = clock.now()
  const opened = await openManifest(content, { keys, now: receivedAt, pinnedShopKid: shopKid })
  const { number } = opened
  if (manifests.some((kept) => kept.number === number)) throw otherContent(number)
  const receipt = await signReceipt(signerOf(keys, opened.sealedFor), { manifest: number, receivedAt, file: content })
  const kept: KeptManifest = {
    number,
    fileName: inbox.keep({ number, content, receipt, fileName }),
    sha256,
    receivedAt,
    receipt,
    idempotencyKeys: idempotencyKey === undefined ? [] : [idempotencyKey],
    run: startRun(
      number,
      opened.parcels.map((parcel) => parcel.pid),
    ),
  }
  inbox.save({ ...inbox.state(), shopKid: shopKid ?? opened.shopKid, manifests: [...manifests, kept] })
  return { number, receipt, isNew: true }
}

/** A manifest never changes once it is closed; who sends another one under its number is mistaken or worse. */
const otherContent = (number: string): AppError =>
  new AppError('ERR_MANIFEST_CLOSED', { manifest: number, reason: 'other-content' })

async function takeInFolder(
  inbox: Inbox,
  take: (arrived: Arrived) => Promise<Taken>,
): Promise<readonly { fileName: string; problem: string }[]> {
  const known = new Set(inbox.state().manifests.map((kept) => kept.fileName))
  const problems: { fileName: string; problem: string }[] = []
  for (const fileName of inbox.sealedFiles().filter((name) => !known.has(name))) {
    try {
      await take({ content: inbox.read(fileName), fileName })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problems.push({ fileName, problem: error.code })
    }
  }
  return problems
}
