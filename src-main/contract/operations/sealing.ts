import { z } from 'zod'
import type { Recipient } from '../../domain/recipient.ts'
import { beforeSignIn, command, errand, managers, query } from '../operation.ts'

const position = z.enum(['delivery', 'selection', 'off'])
type Position = z.infer<typeof position>

export interface SealingView {
  readonly sealing: Position
  /** Couriers for whom nothing can be sealed at present. */
  readonly withoutKey: readonly string[]
  /** Waves in work whose papers were issued under another position. */
  readonly otherwise: readonly {
    readonly wave: string
    readonly stage: string
    readonly position: Position
    /** False once people on the floor work with its papers: the position then holds to the wave's end. */
    readonly canReissue: boolean
    readonly parcels: number
  }[]
}

/** What a screen at the packing table may show for a short time. */
export interface OpenedRecipientView {
  readonly parcel: string
  readonly openForMs: number
  readonly recipient: Recipient
}

/** Which of the two documents holds the encrypted recipient, and opening it where the shop holds it itself. */
export const sealingOperations = {
  'sealing.get': query<SealingView>()(managers, z.object({})),
  /** `confirmed` is needed to switch sealing off: then recipients stand in clear on labels. */
  'sealing.change': command<SealingView>()(
    managers,
    z.object({ sealing: position, confirmed: z.boolean().default(false) }),
  ),
  /** Issues the papers of a wave again under the position that is set now. */
  'sealing.reissue': errand<{ readonly wave: string }>()(managers, z.object({ wave: z.string().min(1).max(100) })),
  /**
   * With `sealing = selection`: the recipient of a parcel on the packing table, for whoever's PIN this is. A look of a
   * person, so there is no command for it.
   */
  'pack.open-recipient': command<OpenedRecipientView>()(
    // The PIN in the call says who opens, whoever is signed in.
    { doors: ['desktop', 'station'], standings: beforeSignIn.standings },
    z.object({
      parcelId: z.string().min(1).max(100),
      name: z.string().min(1).max(60),
      pin: z.string().min(1).max(12),
    }),
  ),
}
