import { z } from 'zod'
import { emailAddress } from './email.ts'

export const forgottenRequest = z.strictObject({ email: emailAddress })
export const forgottenAnswer = z.object({ asked: z.literal(true) })
/** False in a shop without a mail server. */
export const forgottenOffer = z.object({ isOffered: z.boolean() })

export const resetRequest = z.strictObject({ token: z.string().min(1).max(200), password: z.string().min(8).max(200) })
export const resetAnswer = z.object({ changed: z.literal(true) })
export const resetOffer = z.object({ isValid: z.boolean() })
