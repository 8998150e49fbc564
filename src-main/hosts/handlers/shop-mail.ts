import { forgetShopMail, mailAccessOf, saveShopMail } from '../../application/shop-mail.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { shopMailOperations } from '../../contract/operations/shop-mail.ts'
import type { Handlers } from '../handlers.ts'

type ShopMailHandlers = Pick<Handlers, keyof typeof shopMailOperations>

export function shopMailHandlers(workshop: Workshop): ShopMailHandlers {
  return {
    async 'mail.get'() {
      const mail = await workshop.store.findShopMail()
      if (!mail) return null
      const { sealedPassword, ...shown } = mail
      return { ...shown, hasPassword: sealedPassword !== undefined }
    },
    async 'mail.save'(input, caller) {
      await saveShopMail(workshop, caller, input)
      return null
    },
    async 'mail.forget'(_input, caller) {
      await forgetShopMail(workshop, caller)
      return null
    },
    async 'mail.check'() {
      const access = await mailAccessOf(workshop)
      const problem = access ? await workshop.couriers.tryMail(access) : 'mail-not-set-up'
      return { problem: problem ?? null }
    },
  }
}
