import { withoutLog } from '../../application/sync-round.ts'
import { auditEntry } from '../../application/audit.ts'
import { requireConfirmed } from '../../application/change-sealing.ts'
import { importCartons, importCatalogue } from '../../application/import-catalogue.ts'
import { initShop, loadSampleShop, usualSettings } from '../../application/init-shop.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { shopOperations } from '../../contract/operations/shop.ts'
import { runsLow } from '../../domain/carton.ts'
import { isTakenHere } from '../../domain/counter.ts'
import type { Settings } from '../../domain/settings.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Handlers, RoomOptions } from '../handlers.ts'

type ShopHandlers = Pick<Handlers, keyof typeof shopOperations>

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export function shopHandlers(workshop: Workshop, options: RoomOptions): ShopHandlers {
  return {
    ...settingsHandlers(workshop),
    ...catalogueHandlers(workshop),
    async 'server.stop'() {
      options.stop?.()
      return null
    },
  }
}

type SettingsHandlers = Pick<
  Handlers,
  'today.get' | 'shop.init' | 'shop.init-sample' | 'settings.get' | 'settings.save'
>

function settingsHandlers(workshop: Workshop): SettingsHandlers {
  const { store, system } = workshop
  return {
    async 'today.get'() {
      const count = async (status: Parameters<typeof store.listOrders>[0]['status']): Promise<number> =>
        (await store.listOrders({ status, offset: 0, limit: 1 })).total
      const waves = await store.listWaves({ offset: 0, limit: 20 })
      const connections = (await store.loadConnections()).filter((connection) => !isTakenHere(connection))
      return {
        orders: {
          received: await count(['received']),
          onHold: await count(['on-hold']),
          inWork: await count(['planned', 'picking', 'packed']),
        },
        waves: waves.rows.filter((row) => row.wave.stage !== 'closed'),
        outbox: await store.outboxState(),
        storefronts: connections.map(({ id, platform, url, lastSyncAt, lastSyncSummary }) => ({
          id,
          platform,
          url,
          lastSyncAt,
          lastSyncSummary: lastSyncSummary === undefined ? undefined : withoutLog(lastSyncSummary),
        })),
      }
    },
    'shop.init': (input, caller) => initShop(workshop, caller, usualSettings(input.shop)),
    'shop.init-sample': (_input, caller) => loadSampleShop(workshop, caller),
    async 'settings.get'() {
      return getSettings(workshop)
    },
    async 'settings.save'(input, caller) {
      const before = await store.findSettings()
      requireConfirmed(before?.privacy.sealing, {
        sealing: input.settings.privacy.sealing,
        confirmed: input.confirmed,
      })
      await store.saveSettings(
        // How stations reach the shop is changed by operations of its own.
        {
          ...input.settings,
          ...(before?.stations && { stations: before.stations }),
          ...(before?.isSample && { isSample: true }),
        },
        auditEntry(system, caller, {
          action: 'save-settings',
          entity: 'settings',
          entityId: 'settings',
          facts: { sealing: input.settings.privacy.sealing },
        }),
      )
      return getSettings(workshop)
    },
  }
}

async function getSettings({ store }: Workshop): Promise<Settings> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  return settings
}

type CatalogueHandlers = Pick<
  Handlers,
  'catalogue.import' | 'catalogue.list' | 'cartons.import' | 'cartons.list' | 'postcodes.import'
>

function catalogueHandlers(workshop: Workshop): CatalogueHandlers {
  const { store } = workshop
  return {
    async 'catalogue.import'(input, caller) {
      const {
        problems,
        new: made,
        changed,
        unchanged,
        released,
      } = await importCatalogue(workshop, caller, {
        csv: bytesOf(input.csv),
        skipInvalid: input.skipInvalid,
      })
      return { new: made, changed, unchanged, released, refused: problems.length }
    },
    'catalogue.list': (input) => store.listProducts(input),
    'cartons.import': (input, caller) => importCartons(workshop, caller, bytesOf(input.csv)),
    'cartons.list': async () => (await store.loadCartons()).map((row) => ({ ...row, isLow: runsLow(row) })),
    'postcodes.import': (input) => workshop.geocoder.replaceTable(bytesOf(input.csv)),
  }
}
