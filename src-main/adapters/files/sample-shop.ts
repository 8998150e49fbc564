import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Settings } from '../../domain/settings.ts'
import type { SampleShop } from '../../ports/imports.ts'

const shopFile = z.object({
  name: z.string(),
  addressLines: z.array(z.string()),
  postcode: z.string(),
  city: z.string(),
  country: z.string(),
  zone: z.string(),
  currency: z.string(),
  locale: z.string(),
  letter: z.string(),
  lat: z.number(),
  lon: z.number(),
  rules: z.object({
    minSupport: z.number(),
    dimDivisorCm3PerKg: z.int().optional(),
    keepApart: z.array(z.tuple([z.string(), z.string()])),
    mode: z.enum(['fewest', 'cheapest']),
    objective: z.enum(['billable', 'volume', 'cost', 'tariff']),
  }),
  detourFactor: z.number(),
  staff: z.array(z.object({ name: z.string(), role: z.enum(['manager', 'packer', 'picker']) })),
})

/** The sample shop in `resources/sample-shop`. Throws ERR_DISK when it was not shipped along. */
export function sampleShopIn(folder: string): SampleShop {
  const bytesOf = async (name: string): Promise<Uint8Array> => {
    try {
      return new Uint8Array(await readFile(join(folder, name)))
    } catch (cause) {
      throw new AppError('ERR_DISK', { doing: 'read-sample-shop', file: name }, { cause })
    }
  }
  return {
    async read() {
      const shop = shopFile.parse(JSON.parse(new TextDecoder().decode(await bytesOf('shop.json'))))
      return {
        settings: settingsOf(shop),
        staff: shop.staff,
        catalogueCsv: await bytesOf('catalogue.csv'),
        cartonsCsv: await bytesOf('cartons.csv'),
        postcodesCsv: await bytesOf('postcodes.csv'),
        floorJson: await bytesOf('floor.json'),
        couriersJson: await bytesOf('couriers.json'),
      }
    },
  }
}

function settingsOf(shop: z.output<typeof shopFile>): Settings {
  const { name, letter, country, zone, currency, locale, lat, lon } = shop
  return {
    shop: {
      id: 'shop',
      name,
      letter,
      country,
      zone,
      currency,
      locale,
      lat,
      lon,
      addressLines: [...shop.addressLines, `${shop.postcode} ${shop.city}`],
    },
    packing: shop.rules,
    picking: { totes: 8, walkMetresPerMinute: 60, secondsPerPick: 10, keepDays: 3 },
    delivery: { detourFactor: shop.detourFactor, serviceS: 180 },
    privacy: { sealing: 'delivery', labelDays: 60, purgeDaysAfterDelivery: 14 },
    undoMs: 30_000,
  }
}
