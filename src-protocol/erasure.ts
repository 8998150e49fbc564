import { z } from 'zod'
import { identifier, instant, pageOf } from './wire-values.ts'

/** Whose personal data must go. Ids only: the request itself says nothing about the person. */
export const erasure = z.object({ userId: identifier, orderIds: z.array(identifier), requestedAt: instant })
export const erasurePage = pageOf(erasure)
export type WireErasure = z.infer<typeof erasure>
export type WireErasurePage = z.infer<typeof erasurePage>
