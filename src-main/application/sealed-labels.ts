import { AppError } from '../kernel/errors.ts'
import { currentKey, type Carrier } from '../domain/carrier.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { getCarrier } from './import-carriers.ts'
import { issueLabels } from './issue-labels.ts'
import { readBeforeLabels } from './read-before-labels.ts'
import { inTurn } from './traffic.ts'
import { isWithheld } from './withheld.ts'
import type { Caller, Workshop } from './workshop.ts'

/** A parcel that is still in the shop and whose label is not the one it would get today. */
export interface LabelToRenew {
  readonly carrier: string
  readonly wave: string
  /** Order short code and letter. */
  readonly parcel: string
  readonly number: string | undefined
  readonly status: Parcel['status']
  /** `old-key` = sealed for another key of the courier than seals today, `no-label` = it has none, or no more. */
  readonly why: 'old-key' | 'no-label'
  /** The key it was sealed for; undefined when there is no label. */
  readonly kid: string | undefined
}

type ReadDeps = Pick<Workshop, 'store' | 'system' | 'labels'>

/** Labels to be made anew, by wave and parcel. Reads every wave that lives: for people's asking, not for every click. */
export async function labelsToRenew(deps: ReadDeps, carrierCode?: string): Promise<readonly LabelToRenew[]> {
  const found: LabelToRenew[] = []
  const now = deps.system.clock.now()
  for (const bundle of await livingWaves(deps)) {
    if (!bundle.wave.steps.some(({ step }) => step === 'issue-labels')) continue
    const waiting = new Set(bundle.orders.filter(isWithheld).map(({ id }) => id))
    for (const parcel of bundle.parcels.filter((one) => isStillHere(one) && !waiting.has(one.orderId))) {
      const carrier = bundle.carriers.find(({ code }) => code === parcel.carrierCode)
      if (!carrier || (carrierCode !== undefined && carrier.code !== carrierCode)) continue
      const state = labelStateOf(deps, bundle, { parcel, carrier, now })
      if (state === undefined) continue
      const { number, status } = parcel
      found.push({
        carrier: carrier.code,
        wave: bundle.wave.code,
        parcel: `${parcel.orderCode}${parcel.letter}`,
        number,
        status,
        ...state,
      })
    }
  }
  return found.toSorted((a, b) => a.wave.localeCompare(b.wave) || a.parcel.localeCompare(b.parcel))
}

export const isStillHere = ({ status }: Parcel): boolean =>
  status !== 'cancelled' && fulfilmentTable[status].rank < fulfilmentTable['handed-over'].rank

function labelStateOf(
  deps: ReadDeps,
  bundle: WaveBundle,
  of: { readonly parcel: Parcel; readonly carrier: Carrier; readonly now: number },
): Pick<LabelToRenew, 'why' | 'kid'> | undefined {
  const own = bundle.documents.filter(({ subjectId }) => subjectId === of.parcel.id)
  const block = own.find(({ kind }) => kind === 'sealed-block')
  if (block?.text !== undefined) {
    const kid = deps.labels.peek(block.text)?.kid
    return kid === currentKey(of.carrier, of.now)?.encKid ? undefined : { why: 'old-key', kid }
  }
  return own.some(({ kind }) => kind === 'label') ? undefined : { why: 'no-label', kid: undefined }
}

/** Every wave that is not closed, with all that belongs to it. */
export async function livingWaves({ store }: Pick<Workshop, 'store'>): Promise<readonly WaveBundle[]> {
  const bundles: WaveBundle[] = []
  const limit = 500
  for (let offset = 0; ; offset += limit) {
    const { rows } = await store.listWaves({ offset, limit })
    for (const { wave } of rows) if (wave.stage !== 'closed') bundles.push(await store.loadWave(wave.id))
    if (rows.length < limit) return bundles
  }
}

/** Another courier of the same wave lacks a key: the labels asked for are made all the same. */
const isOfAnother = (error: unknown, carrierCode: string): boolean =>
  error instanceof AppError &&
  error.code === 'ERR_COURIER_KEY_MISSING' &&
  Array.isArray(error.details['carriers']) &&
  !error.details['carriers'].includes(carrierCode)

/**
 * Makes the labels of this courier anew that were sealed for a former key or are void, wave by wave; each address is
 * asked for again as ever. Answers what is left; throws the first
 * problem where something is left because of it.
 */
export async function renewLabels(
  deps: Workshop,
  caller: Caller,
  carrierCode: string,
): Promise<{ readonly renewed: number; readonly left: readonly LabelToRenew[] }> {
  await getCarrier(deps.store, carrierCode)
  const before = await labelsToRenew(deps, carrierCode)
  let problem: unknown
  for (const code of new Set(before.map(({ wave }) => wave))) {
    const wave = await deps.store.findWave(code)
    if (!wave) continue
    const asOf = await readBeforeLabels(deps, caller, wave.id)
    await inTurn(caller, () => issueLabels(deps, caller, wave.id, asOf)).catch((error: unknown) => {
      if (!isOfAnother(error, carrierCode)) problem ??= error
    })
  }
  const left = await labelsToRenew(deps, carrierCode)
  if (problem !== undefined && left.length > 0) throw problem
  return { renewed: before.length - left.length, left }
}
