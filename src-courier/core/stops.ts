import type { EpochMs } from '../../src-main/kernel/time.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { CourierKeys } from './courier-keys.ts'
import { openLabel, type LabelRecipient } from './label.ts'
import type { ManifestLine, OpenedManifest } from './manifest.ts'

export interface StopParcel {
  readonly pid: string
  readonly n: number
  readonly of: number
  readonly grossG: number
  readonly handling: readonly string[]
}

/** One halt: everything for one place, in the order of the manifest. Personal: kept in memory, never stored. */
export interface OpenedStop {
  readonly stop: number
  readonly seq: string
  readonly routing: string
  readonly window?: { readonly from: EpochMs; readonly to: EpochMs } | undefined
  readonly at?: readonly [lat: number, lon: number] | undefined
  /** Undefined when the label could not be opened; `problem` is the error's code then. */
  readonly recipient?: LabelRecipient | undefined
  readonly problem?: string | undefined
  readonly parcels: readonly StopParcel[]
}

/** The stops of a manifest in delivery order, each opened by the label of its first parcel. */
export async function openStops(
  manifest: OpenedManifest,
  options: { keys: CourierKeys; now: EpochMs },
): Promise<readonly OpenedStop[]> {
  const byStop = new Map<number, ManifestLine[]>()
  for (const line of manifest.parcels) byStop.set(line.stop, [...(byStop.get(line.stop) ?? []), line])
  const stops: OpenedStop[] = []
  for (const [stop, lines] of [...byStop].sort(([a], [b]) => a - b)) {
    const [first] = lines
    if (first) stops.push({ stop, ...(await openFirst(first, options)), parcels: lines.map(parcelOf) })
  }
  return stops
}

async function openFirst(
  line: ManifestLine,
  options: { keys: CourierKeys; now: EpochMs },
): Promise<Omit<OpenedStop, 'stop' | 'parcels'>> {
  const { seq, routing, window, at } = line
  const known = { seq, routing, ...(window && { window }), ...(at && { at }) }
  try {
    const { recipient } = await openLabel(line.label, { ...options, parcelNumber: line.pid })
    return { ...known, recipient }
  } catch (error) {
    if (error instanceof AppError) return { ...known, problem: error.code }
    throw error
  }
}

const parcelOf = ({ pid, n, of, grossG, handling }: ManifestLine): StopParcel => ({ pid, n, of, grossG, handling })
