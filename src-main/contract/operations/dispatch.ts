import { z } from 'zod'
import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../domain/delivery-information.ts'
import type { PrintJob } from '../../domain/print-job.ts'
import { command, everywhere, managers, query } from '../operation.ts'
import type { DocumentView, ManifestRowView, PageView } from '../views.ts'
import { listInput } from './shop.ts'

const manifestRef = z.object({ manifest: z.string().min(1).max(100) })

export interface ImportedStatusView {
  readonly manifest: string
  readonly taken: number
  readonly ignored: readonly { readonly pid: string; readonly reason: string; readonly status: string }[]
  /** Taken, but at another time than the file gives. */
  readonly retimed: readonly { readonly pid: string; readonly reason: string; readonly status: string }[]
}

export interface TakenReceiptView {
  readonly manifest: string
  readonly courier: string
  readonly words: readonly string[]
  readonly receivedAt: number
  /** False: a receipt was in already. */
  readonly isNew: boolean
}

/** A packed parcel that waits for its courier. */
export interface WaitingParcelView {
  readonly number: string
  readonly orderId: string
  readonly orderCode: string
  readonly letter: string
  readonly grossG: number
  readonly sequence: string | undefined
  /** Why it would stay behind if the manifest were closed now. */
  readonly stays: 'asked' | 'no-label' | undefined
  /** The day of the collection it was packed for, where that is over. */
  readonly missed: string | undefined
}

export interface CollectionView {
  readonly courier: string
  readonly name: string
  readonly day: string
  readonly at: string
  readonly parcels: readonly WaitingParcelView[]
}

/** What a courier would be handed if the manifest were closed now; nobody is named. */
export interface ManifestPreviewView {
  readonly courier: string
  readonly name: string
  readonly day: string
  readonly at: string
  /** In delivery order. */
  readonly stops: readonly (Omit<DeliveryStop, 'recipient' | 'parcels'> & {
    readonly parcels: readonly Omit<DeliveryParcel, 'recipient'>[]
  })[]
  readonly stays: readonly {
    readonly number: string
    readonly orderCode: string
    readonly letter: string
    readonly why: 'asked' | 'no-label' | 'kept'
  }[]
}

/** What stands on paper of a manifest, an order or a parcel. */
export interface FoundPapersView {
  /** The code of what was meant. */
  readonly name: string
  readonly papers: readonly {
    readonly document: DocumentView
    /** Code of the parcel, order or manifest that it is about. */
    readonly of: string
    /** How often it may have come out of a printer. */
    readonly printed: number
    readonly last: Pick<PrintJob, 'createdAt' | 'printerName' | 'state' | 'actor'> | undefined
  }[]
}

/** Hand-over to couriers, and what comes back. */
export const dispatchOperations = {
  'manifests.list': query<PageView<ManifestRowView>>()(managers, listInput),
  /** Closes one courier's manifest, or every courier's who has packed parcels waiting. */
  'manifests.close': command<{
    readonly closed: readonly { readonly carrier: string; readonly number: string; readonly parcels: number }[]
    readonly waiting: readonly string[]
  }>()(
    managers,
    z.object({
      carrier: z.string().min(1).max(64).optional(),
      /** Numbers of packed parcels that stay for the next collection. */
      except: z.array(z.string().min(1).max(40)).max(1000).default([]),
    }),
  ),
  /** The manifest that would be closed now: stops in delivery order, and what would stay. */
  'manifests.preview': query<ManifestPreviewView>()(
    managers,
    z.object({ carrier: z.string().min(1).max(64), except: z.array(z.string().min(1).max(40)).max(1000).default([]) }),
  ),
  /** Labels, slips and run sheets in force, to be printed again: by the number of a manifest, a parcel or an order. */
  'papers.find': query<FoundPapersView>()(managers, z.object({ code: z.string().trim().min(1).max(100) })),
  /** What each courier's next collection takes along, and what it does not. */
  'collections.list': query<readonly CollectionView[]>()(managers, z.object({})),
  /** Sends a manifest once more, lays it ready for pick-up, or writes down that the file was carried over. */
  'manifests.hand-over': command<{ readonly manifest: string; readonly way: string; readonly fileName: string }>()(
    managers,
    manifestRef.extend({ way: z.enum(['channel', 'pick-up', 'stick', 'file']) }),
  ),
  /** `courier`: whoever brings it speaks for this one only. */
  'receipts.import': command<TakenReceiptView>()(
    managers,
    z.object({
      receipt: z.string().min(1).max(10_000),
      manifest: z.string().min(1).max(100).optional(),
      courier: z.string().min(1).max(64).optional(),
    }),
  ),
  'manifests.delivery': query<DeliveryInformation>()(managers, manifestRef),
  /** Couriers' own numbers of the parcels on a manifest; what has none is left out. */
  'manifests.numbers': query<readonly { readonly number: string; readonly tracking: string }[]>()(
    managers,
    manifestRef,
  ),
  'manifests.documents': query<readonly DocumentView[]>()(managers, manifestRef),
  'status.import': command<ImportedStatusView>()(managers, z.object({ file: z.string().min(1).max(5_000_000) })),
  /** Documents of a wave, order, parcel, tour or manifest; the bytes are fetched by id at the door. */
  'documents.list': query<readonly DocumentView[]>()(
    everywhere,
    z.object({ subjectIds: z.array(z.string().max(100)).max(2000) }),
  ),
  'documents.fetches': query<readonly { readonly terminal: string; readonly at: number }[]>()(
    managers,
    z.object({ documentId: z.string().max(100) }),
  ),
}
