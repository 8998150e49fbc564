import { z } from 'zod'
import type { DeliveryInformation } from '../../domain/delivery-information.ts'
import { command, everywhere, managers, query } from '../operation.ts'
import type { DocumentView, ManifestRowView, PageView } from '../views.ts'
import { listInput } from './shop.ts'

const manifestRef = z.object({ manifest: z.string().min(1).max(100) })

export interface ImportedStatusView {
  readonly manifest: string
  readonly taken: number
  readonly ignored: readonly { readonly pid: string; readonly reason: string; readonly status: string }[]
}

/** Hand-over to couriers, and what comes back. */
export const dispatchOperations = {
  'manifests.list': query<PageView<ManifestRowView>>()(managers, listInput),
  /** Closes one courier's manifest, or every courier's who has packed parcels waiting. */
  'manifests.close': command<{
    readonly closed: readonly { readonly carrier: string; readonly number: string; readonly parcels: number }[]
    readonly waiting: readonly string[]
  }>()(managers, z.object({ carrier: z.string().min(1).max(64).optional() })),
  'manifests.delivery': query<DeliveryInformation>()(managers, manifestRef),
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
