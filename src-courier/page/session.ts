import { AppError } from '../../src-main/kernel/errors.ts'
import { systemClock } from '../core/clock.ts'
import { pairsFor, type CourierKeys } from '../core/courier-keys.ts'
import { load, type Loaded } from '../core/loading.ts'
import { openManifest, type OpenedManifest } from '../core/manifest.ts'
import { openNote, sealNote } from '../core/notes.ts'
import { lastEvent, mark, nextReport, startRun, takeBack, type DeliveryEvent, type Run } from '../core/run.ts'
import { signReceipt, signStatusFile } from '../core/signed-answers.ts'
import { openStops, type OpenedStop } from '../core/stops.ts'
import type { KeptManifest, ManifestStore } from './manifest-store.ts'
import type { KeptRun, Memory } from './memory.ts'

/** What is open right now. Recipients live here and nowhere else; locking or closing the page forgets them. */
export interface Work extends KeptRun {
  readonly id: string
  readonly manifest: OpenedManifest
  readonly sealed: string
  readonly receivedAt: number
  readonly stops: readonly OpenedStop[]
  /** Opened notes by stop. */
  readonly ownWords: ReadonlyMap<number, string>
}

/** A file whose shop is not trusted yet, waiting for the courier's word; without a manifest, a shop's key alone. */
export interface Waiting {
  readonly shopKid: string
  readonly shopName?: string | undefined
  readonly arrived?: { readonly manifest: OpenedManifest; readonly sealed: string } | undefined
}

/** One courier at work: keys, the manifest that is open, and what happened to its parcels. Knows no element of the page. */
export class Session {
  readonly memory: Memory
  readonly #manifests: ManifestStore
  readonly #listeners: (() => void)[] = []
  #keys: CourierKeys | undefined
  #waiting: Waiting | undefined
  #work: Work | undefined
  #kept: readonly KeptManifest[] = []

  constructor({ memory, manifests }: { memory: Memory; manifests: ManifestStore }) {
    this.memory = memory
    this.#manifests = manifests
  }

  keys(): CourierKeys | undefined {
    return this.#keys
  }
  waiting(): Waiting | undefined {
    return this.#waiting
  }
  work(): Work | undefined {
    return this.#work
  }
  /** Sealed manifests that this browser holds, newest first. */
  kept(): readonly KeptManifest[] {
    return this.#kept
  }
  /** Parcel numbers of a manifest that was opened here before; nothing is decrypted for it. */
  pidsOf(id: string): readonly string[] {
    return this.memory.run(id)?.run.pids ?? []
  }
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Undefined locks: everything opened is forgotten. */
  async useKeys(keys: CourierKeys | undefined): Promise<void> {
    const isSame = keys !== undefined && this.#keys !== undefined
    this.#keys = keys
    if (!isSame) [this.#work, this.#waiting] = [undefined, undefined]
    this.#kept = []
    if (keys) await this.#list()
    this.#changed()
  }

  waitFor(waiting: Waiting | undefined): void {
    this.#waiting = waiting
    this.#changed()
  }

  /** The courier has compared the words: the shop is known from now on, and its waiting file opens. */
  async trust(): Promise<void> {
    if (!this.#waiting) return
    const { shopKid, shopName = '', arrived } = this.#waiting
    this.memory.trustShop(shopKid, shopName)
    this.#waiting = undefined
    if (arrived) await this.#keepAndBegin(arrived.manifest, arrived.sealed)
    else this.#changed()
  }

  /** Opens a sealed manifest and keeps it, unless its shop is new: then it waits. Throws what `openManifest` throws. */
  async takeIn(text: string): Promise<void> {
    const sealed = text.trim()
    const manifest = await this.#open(sealed)
    const before = this.#kept.find((one) => one.id === idOf(manifest))
    if (before && before.sealed !== sealed)
      throw new AppError('ERR_MANIFEST_CLOSED', { manifest: manifest.number, reason: 'other-content' })
    const name = this.memory.trustedShops()[manifest.shopKid]
    if (name !== undefined) {
      if (name === '') this.memory.trustShop(manifest.shopKid, manifest.shop.name)
      return this.#keepAndBegin(manifest, sealed)
    }
    this.#work = undefined
    this.waitFor({ shopKid: manifest.shopKid, shopName: manifest.shop.name, arrived: { manifest, sealed } })
  }

  async reopen(id: string): Promise<void> {
    const found = this.#kept.find((one) => one.id === id)
    if (!found) throw new AppError('ERR_MANIFEST_NOT_FOUND', { manifest: id })
    const manifest = await this.#open(found.sealed)
    if (this.memory.trustedShops()[manifest.shopKid] === undefined)
      throw new AppError('ERR_NOT_ALLOWED', { reason: 'other-shop', signedBy: manifest.shopKid })
    await this.#begin(manifest, found)
  }

  close(): void {
    ;[this.#work, this.#waiting] = [undefined, undefined]
    this.#changed()
  }

  async forget(id: string): Promise<void> {
    await this.#manifests.forget(id)
    this.memory.forgetRun(id)
    if (this.#work?.id === id) this.#work = undefined
    await this.#list()
    this.#changed()
  }

  async forgetAll(): Promise<void> {
    this.memory.forgetAll()
    await this.#manifests.forgetAll()
    ;[this.#keys, this.#work, this.#waiting, this.#kept] = [undefined, undefined, undefined, []]
    this.#changed()
  }

  /** What another tab of this page has marked in the meantime: two tabs must not use up the same sequence. */
  refresh(): void {
    const known = this.#work && this.memory.run(this.#work.id)
    if (!this.#work || !known || JSON.stringify(known.run) === JSON.stringify(this.#work.run)) return
    this.#work = { ...this.#work, ...known }
    this.#changed()
  }

  mark(events: readonly Omit<DeliveryEvent, 'at'>[]): void {
    const at = systemClock.now()
    this.#withRun((run) => events.reduce((sofar, event) => mark(sofar, { ...event, at }), run))
  }

  takeBack(pids: readonly string[]): void {
    this.#withRun((run) => pids.reduce(takeBack, run))
  }

  load(pid: string): Loaded {
    if (!this.#work) throw new AppError('ERR_MANIFEST_NOT_FOUND', { reason: 'none-open' })
    const result = load(this.#work.loaded, this.#work.run.pids, pid)
    if (result.outcome === 'taken') this.#update({ loaded: result.loaded })
    return result
  }

  /** These parcels are out for delivery, as far as nothing is known of them yet. */
  leave(pids: readonly string[]): void {
    const untouched = pids.filter((pid) => this.#work && lastEvent(this.#work.run, pid) === undefined)
    this.mark(untouched.map((pid) => ({ pid, status: 'out-for-delivery' })))
  }

  async saveNote(stop: number, note: string): Promise<void> {
    if (!this.#work) return
    const ownWords = new Map(this.#work.ownWords)
    const { [String(stop)]: _old, ...others } = this.#work.notes
    if (note.trim() === '') ownWords.delete(stop)
    else ownWords.set(stop, note)
    const notes = note.trim() === '' ? others : { ...others, [String(stop)]: await sealNote(this.#unlocked(), note) }
    this.#update({ notes }, { ownWords })
  }

  /** Signed once for a file: asked again, it says the same. */
  async receipt(): Promise<string> {
    const work = this.#work
    if (!work) throw new AppError('ERR_MANIFEST_NOT_FOUND', { reason: 'none-open' })
    if (work.receipt !== undefined) return work.receipt
    const { manifest, sealed, receivedAt } = work
    const pairs = signer(this.#unlocked(), manifest)
    const receipt = await signReceipt(pairs, { manifest: manifest.number, receivedAt, file: sealed })
    this.#update({ receipt })
    return receipt
  }

  /** Signs what is new, or everything again, and counts it as told. Undefined when there is nothing to say. */
  async statusFile(options: { all: boolean }): Promise<{ text: string; sequence: number } | undefined> {
    const work = this.#work
    const report = work && nextReport(work.run, options)
    if (!work || !report) return undefined
    // The sequence is used up before the file leaves: a crash in between leaves a gap, never the same number twice.
    this.#update({ run: report.run })
    const text = await signStatusFile(signer(this.#unlocked(), work.manifest), report.content)
    return { text, sequence: report.content.sequence }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #unlocked(): CourierKeys {
    if (!this.#keys) throw new AppError('ERR_COURIER_KEY_MISSING', { reason: 'locked' })
    return this.#keys
  }

  #open(sealed: string): Promise<OpenedManifest> {
    return openManifest(sealed, { keys: this.#unlocked(), now: systemClock.now() })
  }

  async #list(): Promise<void> {
    this.#kept = [...(await this.#manifests.list())].sort((a, b) => b.receivedAt - a.receivedAt)
  }

  #withRun(next: (run: Run) => Run): void {
    if (this.#work) this.#update({ run: next(this.#work.run) })
  }

  #update(change: Partial<KeptRun>, more: Partial<Work> = {}): void {
    if (!this.#work) return
    this.#work = { ...this.#work, ...change, ...more }
    const { id, run, loaded, notes, receipt } = this.#work
    this.memory.keepRun(id, { run, loaded, notes, receipt })
    this.#changed()
  }

  async #keepAndBegin(manifest: OpenedManifest, sealed: string): Promise<void> {
    const before = this.#kept.find((one) => one.id === idOf(manifest))
    const receivedAt = before?.receivedAt ?? systemClock.now()
    // A browser that is out of room still opens it; the file is asked for again next time.
    if (!before)
      await this.#manifests
        .keep({ id: idOf(manifest), number: manifest.number, receivedAt, sealed })
        .catch(() => undefined)
    await this.#list()
    await this.#begin(manifest, { sealed, receivedAt })
  }

  async #begin(manifest: OpenedManifest, file: { sealed: string; receivedAt: number }): Promise<void> {
    const keys = this.#unlocked()
    const stops = await openStops(manifest, { keys, now: systemClock.now() })
    const known = this.memory.run(idOf(manifest)) ?? freshRun(manifest)
    const { sealed, receivedAt } = file
    const ownWords = await openNotes(keys, known.notes)
    // Locked while it was being opened: nothing must stay behind.
    if (this.#keys === undefined) return
    this.memory.keepRun(idOf(manifest), known)
    this.#work = { ...known, id: idOf(manifest), sealed, receivedAt, manifest, stops, ownWords }
    this.#waiting = undefined
    this.#changed()
  }
}

/** Two shops may number alike: a manifest is known by its shop's key too. */
const idOf = ({ number, shopKid }: OpenedManifest): string => `${number}@${shopKid.slice(0, 8)}`

const freshRun = (manifest: OpenedManifest): KeptRun => ({
  run: startRun(
    manifest.number,
    manifest.parcels.map((parcel) => parcel.pid),
  ),
  loaded: [],
  notes: {},
})

/** The shop knows the signing key that was handed over together with the key it sealed for. */
const signer = (keys: CourierKeys, manifest: OpenedManifest) => pairsFor(keys, manifest.sealedFor) ?? keys

async function openNotes(keys: CourierKeys, notes: KeptRun['notes']): Promise<ReadonlyMap<number, string>> {
  const opened = new Map<number, string>()
  for (const [stop, sealed] of Object.entries(notes)) {
    // A note for a key that was deleted is gone with it; the run goes on.
    const text = await openNote(keys, sealed).catch(() => undefined)
    if (text !== undefined) opened.set(Number(stop), text)
  }
  return opened
}
