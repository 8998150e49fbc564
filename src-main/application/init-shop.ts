import { AppError } from '../kernel/errors.ts'
import type { Settings } from '../domain/settings.ts'
import { auditEntry } from './audit.ts'
import { importCarriers } from './import-carriers.ts'
import { importCartons, importCatalogue } from './import-catalogue.ts'
import { importFloor } from './import-floor.ts'
import { saveStaff } from './staff.ts'
import type { Caller, Workshop } from './workshop.ts'

/** Settings a shop starts with; everything a shop decides for itself is handed in. */
export function usualSettings(shop: Settings['shop']): Settings {
  return {
    shop,
    packing: { minSupport: 0.75, keepApart: [['food', 'chemicals']], mode: 'fewest', objective: 'billable' },
    picking: { totes: 8, walkMetresPerMinute: 60, secondsPerPick: 10, keepDays: 3 },
    delivery: { detourFactor: 1.3, serviceS: 180 },
    privacy: { sealing: 'delivery', labelDays: 60, purgeDaysAfterDelivery: 14 },
    undoMs: 30_000,
  }
}

/**
 * Sets a new shop up: its key first, then its settings. The recovery key is answered this once.
 * Throws ERR_INPUT_INVALID when the folder holds a shop already: setting up again would change who can read it.
 */
export async function initShop(
  deps: Pick<Workshop, 'store' | 'system' | 'keys'>,
  caller: Caller,
  settings: Settings,
): Promise<{ readonly recoveryKey: string }> {
  if ((await deps.store.findSettings()) || deps.keys.has())
    throw new AppError('ERR_INPUT_INVALID', { path: 'data', expected: 'a folder without a shop' })
  const { recoveryKey } = await deps.keys.create()
  await deps.store.saveSettings(
    settings,
    auditEntry(deps.system, caller, { action: 'init-shop', entity: 'settings', entityId: 'settings' }),
  )
  return { recoveryKey }
}

/** Fills a new shop with the sample: staff, cartons, floor, couriers, postcode table and the catalogue with its stock. */
export async function loadSampleShop(
  workshop: Workshop,
  caller: Caller,
): Promise<{ readonly recoveryKey: string; readonly products: number }> {
  const sample = await workshop.sampleShop.read()
  const { recoveryKey } = await initShop(workshop, caller, { ...sample.settings, isSample: true })
  for (const person of sample.staff) await saveStaff(workshop, caller, person)
  await workshop.geocoder.replaceTable(sample.postcodesCsv)
  await importCartons(workshop, caller, sample.cartonsCsv)
  await importFloor(workshop, caller, { json: sample.floorJson })
  await importCarriers(workshop, caller, sample.couriersJson)
  const imported = await importCatalogue(workshop, caller, { csv: sample.catalogueCsv, skipInvalid: false })
  return { recoveryKey, products: imported.new + imported.changed + imported.unchanged }
}
