import { z } from 'zod'
import type { ShopMail } from '../../domain/shop-mail.ts'
import { command, errand, managers, query } from '../operation.ts'

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@,;<>"]+@[^\s@,;<>"]+$/, 'expected one e-mail address')

/** The mail server through which manifests leave for couriers who want them by e-mail. The password never comes back. */
export const shopMailOperations = {
  'mail.get': query<(Omit<ShopMail, 'sealedPassword'> & { readonly hasPassword: boolean }) | null>()(
    managers,
    z.object({}),
  ),
  'mail.save': command<null>()(
    managers,
    z.object({
      host: z
        .string()
        .max(255)
        .regex(/^[A-Za-z0-9.:[\]-]+$/, 'expected the name of a mail server'),
      port: z.int().min(1).max(65_535),
      security: z.enum(['tls', 'starttls', 'none']),
      user: z.string().min(1).max(320).optional(),
      password: z.string().min(1).max(500).optional(),
      from: address,
      certificates: z.string().max(200_000).optional(),
    }),
  ),
  'mail.forget': command<null>()(managers, z.object({})),
  /** Greets the server and signs in; sends nothing. */
  'mail.check': errand<{ readonly problem: string | null }>()(managers, z.object({})),
}
