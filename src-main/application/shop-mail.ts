import { AppError } from '../kernel/errors.ts'
import { shopMailOwner, type ShopMail } from '../domain/shop-mail.ts'
import type { MailAccess } from '../ports/carriers.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault'>

export interface ShopMailInput extends Omit<ShopMail, 'sealedPassword'> {
  /** Absent: the password of before stays, while host and user are the same. */
  readonly password?: string | undefined
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host)

/**
 * Says through which server mails to couriers leave; the password is sealed by the vault. Throws ERR_INPUT_INVALID for a
 * server beyond this machine without TLS, and for a user without a password.
 */
export async function saveShopMail(deps: Deps, caller: Caller, input: ShopMailInput): Promise<void> {
  const { password, ...mail } = input
  if (mail.security === 'none' && !isLoopback(mail.host))
    throw new AppError('ERR_INPUT_INVALID', {
      path: 'security',
      expected: 'tls or starttls: without, only a mail server on this machine is spoken to',
    })
  const before = await deps.store.findShopMail()
  // A password is for one server and one user: nobody learns it by naming another server.
  const isSame = before?.host === mail.host && before.port === mail.port && before.user === mail.user
  const kept = isSame ? before.sealedPassword : undefined
  const sealedPassword = password === undefined ? kept : deps.vault.seal(shopMailOwner, { password })
  if (mail.user !== undefined && sealedPassword === undefined)
    throw new AppError('ERR_INPUT_INVALID', { path: 'password', expected: 'the password of this user' })
  await deps.store.saveShopMail(
    { ...mail, ...(mail.user !== undefined && sealedPassword && { sealedPassword }) },
    auditEntry(deps.system, caller, { action: 'save-shop-mail', entity: 'settings', entityId: shopMailOwner }),
  )
}

export async function forgetShopMail(deps: Deps, caller: Caller): Promise<void> {
  await deps.store.saveShopMail(
    undefined,
    auditEntry(deps.system, caller, { action: 'forget-shop-mail', entity: 'settings', entityId: shopMailOwner }),
  )
}

/** The mail server with its password opened, for the length of one sending. Throws ERR_SHOP_KEY_MISSING. */
export async function mailAccessOf({
  store,
  vault,
}: Pick<Workshop, 'store' | 'vault'>): Promise<MailAccess | undefined> {
  const mail = await store.findShopMail()
  if (!mail) return undefined
  const { sealedPassword, ...access } = mail
  if (!sealedPassword) return access
  // What the vault opens is what saveShopMail sealed.
  const { password } = vault.open(shopMailOwner, sealedPassword) as { password: string }
  return { ...access, password }
}
