import { availableParallelism } from 'node:os'
import type { Documents } from '../../../ports/documents.ts'
import type { DrawingCall } from './drawing-messages.ts'
import { DrawingPool, DrawingThreadLost } from './drawing-pool.ts'

/** Two threads draw a thousand labels in a few seconds; each takes some 100 MB. */
const mostThreads = 2
/** One core stays with the window, the station and the store. */
const usualThreads = (): number => Math.max(1, Math.min(availableParallelism() - 1, mostThreads))
/**
 * So many papers at once (a pick sheet counts as four) are drawn here, in the time that a thread needs to start; only
 * what comes on top goes to the threads. A handful of papers therefore never starts one.
 */
const drawnHere = 8

export interface ThreadedOptions {
  /** Where the files of `resources/fonts` lie. */
  readonly fontsFolder: string
  /** Threads at most; by default one less than the machine has cores, 1 or 2. */
  readonly threads?: number | undefined
  /** Where the thread's entry lies, for bundles that put it somewhere else. */
  readonly entry?: URL | undefined
}

/** Drawing is some six hundred modules; whoever draws nothing does not wait for them. */
function drawnWhenNeeded(fontsFolder: string): Documents {
  let loading: Promise<Documents> | undefined
  const loaded = (): Promise<Documents> =>
    (loading ??= import('../create-documents.ts').then(({ createDocuments }) => createDocuments({ fontsFolder })))
  return {
    pickSheet: async (...asked) => (await loaded()).pickSheet(...asked),
    packingSlip: async (...asked) => (await loaded()).packingSlip(...asked),
    label: async (...asked) => (await loaded()).label(...asked),
    labelZpl: async (...asked) => (await loaded()).labelZpl(...asked),
    runSheet: async (...asked) => (await loaded()).runSheet(...asked),
    counterSlip: async (...asked) => (await loaded()).counterSlip(...asked),
    invoice: async (...asked) => (await loaded()).invoice(...asked),
    crossedOut: async (...asked) => (await loaded()).crossedOut(...asked),
  }
}

/** A paper as it goes to a thread: the arguments of its call; what many papers are drawn from goes there once. */
interface Paper {
  readonly call: DrawingCall
  readonly sent: readonly unknown[]
  readonly shared?: object
  readonly weight?: number
}

/**
 * The port `Documents` for whole waves: many papers at a time are drawn in threads of this process, which leaves the
 * caller free to tell how far it is and to be cancelled. The same bytes come out whoever draws. Cost: about 8 ms of one
 * core for a label.
 */
export function threadedDocuments({ fontsFolder, threads, entry }: ThreadedOptions): Documents {
  const here = drawnWhenNeeded(fontsFolder)
  const pool = new DrawingPool(threads ?? usualThreads(), fontsFolder, entry)
  let running = 0
  const spread = async (draw: () => Promise<Uint8Array>, paper: Paper): Promise<Uint8Array> => {
    const { call, sent, shared, weight = 1 } = paper
    running += weight
    try {
      if (running <= drawnHere) return await draw()
      return (await pool.run({ call, args: sent }, shared)) as Uint8Array // these calls all answer bytes
    } catch (error) {
      // A machine short of memory, a build without the thread: slower, but the paper comes.
      if (error instanceof DrawingThreadLost) return await draw()
      throw error
    } finally {
      running -= weight
    }
  }
  return {
    ...here,
    pickSheet: (selection, tour) =>
      spread(() => here.pickSheet(selection, tour), { call: 'pickSheet', sent: [tour], shared: selection, weight: 4 }),
    packingSlip: (selection, order) =>
      spread(() => here.packingSlip(selection, order), { call: 'packingSlip', sent: [order], shared: selection }),
    label(delivery, stop, parcel) {
      // A label shows its own stop alone; the other recipients do not travel.
      const own = { ...delivery, routes: [] }
      const sent = [own, { ...stop, parcels: [parcel] }, parcel]
      return spread(() => here.label(delivery, stop, parcel), { call: 'label', sent })
    },
    counterSlip: (slip) => spread(() => here.counterSlip(slip), { call: 'counterSlip', sent: [slip] }),
  }
}
