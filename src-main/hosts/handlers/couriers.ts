import {
  addCourierKey,
  importCarriers,
  revokeCourierKey,
  setCourierChannel,
} from '../../application/import-carriers.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { courierOperations } from '../../contract/operations/couriers.ts'
import type { Handlers } from '../handlers.ts'

type CourierHandlers = Pick<Handlers, keyof typeof courierOperations>

export function courierHandlers(workshop: Workshop): CourierHandlers {
  const { store, manifests } = workshop
  return {
    'couriers.import': (input, caller) => importCarriers(workshop, caller, new TextEncoder().encode(input.json)),
    async 'couriers.list'() {
      const carriers = await store.loadCarriers()
      return Promise.all(
        carriers.map(async (carrier) => ({
          code: carrier.code,
          name: carrier.name,
          kind: carrier.kind,
          collection: carrier.collection,
          services: carrier.services,
          channel: carrier.channel.kind,
          keys: carrier.keys.map((key) => ({
            encKid: key.encKid,
            words: manifests.fingerprintWords(key.encKid),
            addedAt: key.addedAt,
            revokedAt: key.revokedAt,
          })),
          packed: (await store.loadCollection(carrier.code)).parcels.length,
        })),
      )
    },
    'couriers.add-key': (input, caller) => addCourierKey(workshop, caller, input),
    async 'couriers.revoke-key'(input, caller) {
      await revokeCourierKey(workshop, caller, input)
      return null
    },
    async 'couriers.set-channel'(input, caller) {
      const { pickUpToken } = await setCourierChannel(workshop, caller, input)
      return { pickUpToken: pickUpToken ?? null }
    },
    'shop.public-keys': () => workshop.vault.shopKeys.publicJwks(),
  }
}
