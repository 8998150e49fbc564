import { addCourierKey, compareCourierKey, previewCourierKey, setKeyValidity } from '../../application/courier-keys.ts'
import { courierWarnings } from '../../application/courier-warnings.ts'
import { importCarriers, setCourierChannel } from '../../application/import-carriers.ts'
import { revokeCourierKey } from '../../application/revoke-courier-key.ts'
import { labelsToRenew, renewLabels } from '../../application/sealed-labels.ts'
import { setCourierTerms } from '../../application/set-courier-terms.ts'
import { makeTestLabel } from '../../application/test-label.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { courierOperations } from '../../contract/operations/couriers.ts'
import type { CourierKeyView } from '../../contract/views.ts'
import { currentKey, keyStateOf, sealingOutlook, type Carrier } from '../../domain/carrier.ts'
import type { Handlers } from '../handlers.ts'

type CourierHandlers = Pick<Handlers, keyof typeof courierOperations>

export function courierHandlers(workshop: Workshop): CourierHandlers {
  return { ...carrierHandlers(workshop), ...keyHandlers(workshop) }
}

type CarrierHandlers = Pick<
  CourierHandlers,
  'couriers.import' | 'couriers.list' | 'couriers.set-terms' | 'couriers.set-channel'
>

function carrierHandlers(workshop: Workshop): CarrierHandlers {
  const { store, system } = workshop
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
          labelSize: carrier.labelSize,
          tariff: carrier.tariff,
          services: carrier.services,
          channel: carrier.channel.kind,
          keys: keyViews(workshop, carrier),
          outlook: sealingOutlook(carrier, system.clock.now()),
          packed: (await store.loadCollection(carrier.code)).parcels.length,
        })),
      )
    },
    async 'couriers.set-terms'(input, caller) {
      await setCourierTerms(workshop, caller, input)
      return null
    },
    async 'couriers.set-channel'(input, caller) {
      const { pickUpToken } = await setCourierChannel(workshop, caller, input)
      return { pickUpToken: pickUpToken ?? null }
    },
  }
}

function keyHandlers(workshop: Workshop): Omit<CourierHandlers, keyof CarrierHandlers> {
  const { manifests, store, system, vault } = workshop
  return {
    'couriers.warnings': async () => courierWarnings(await store.loadCarriers(), system.clock.now()),
    'couriers.preview-key': (input) => previewCourierKey(workshop, input),
    'couriers.add-key': (input, caller) => addCourierKey(workshop, caller, input),
    async 'couriers.compare-key'(input, caller) {
      await compareCourierKey(workshop, caller, input)
      return null
    },
    async 'couriers.set-validity'(input, caller) {
      await setKeyValidity(workshop, caller, input)
      return null
    },
    'couriers.revoke-key': (input, caller) => revokeCourierKey(workshop, caller, input),
    'couriers.labels-to-renew': (input) => labelsToRenew(workshop, input.carrier),
    'couriers.renew-labels': (input, caller) => renewLabels(workshop, caller, input.carrier),
    'couriers.test-label': (input, caller) => makeTestLabel(workshop, caller, input.carrier),
    'shop.public-keys': () => vault.shopKeys.publicJwks(),
    async 'shop.public-key-words'() {
      const { keys } = await vault.shopKeys.publicJwks()
      return keys.map((key) => ({
        kid: String(key['kid']),
        use: String(key['use']),
        words: manifests.fingerprintWords(String(key['kid'])),
      }))
    },
  }
}

function keyViews({ manifests, system }: Workshop, carrier: Carrier): readonly CourierKeyView[] {
  const now = system.clock.now()
  const current = currentKey(carrier, now)
  return carrier.keys.map((key) => ({
    encKid: key.encKid,
    sigKid: key.sigKid,
    words: manifests.fingerprintWords(key.encKid),
    sigWords: manifests.fingerprintWords(key.sigKid),
    addedAt: key.addedAt,
    validFrom: key.validFrom,
    validUntil: key.validUntil,
    revokedAt: key.revokedAt,
    state: keyStateOf(key, now),
    seals: key.encKid === current?.encKid,
    answers: key.revokedAt === undefined,
    compared: key.compared,
  }))
}
