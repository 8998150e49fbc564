import { z } from 'zod'
import type { StockedCarton } from '../../domain/carton.ts'
import type { Settings } from '../../domain/settings.ts'
import { command, commandLineOnly, everywhere, managers, query } from '../operation.ts'
import type { PageView, ProductRowView, TodayView } from '../views.ts'

/** A page of a list. */
export const listInput = z.object({
  search: z.string().max(200).optional(),
  sort: z.string().max(40).optional(),
  descending: z.boolean().optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
})

const code = z.string().min(1).max(64)
/** File contents cross as text: bytes do not cross, and everything read here is text. */
const fileText = z.string().max(50_000_000)

/** What the system's own calendar knows; anything else would break every day and hour later. */
function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

export const invoiceSettings = z.object({
  sellerName: z.string().max(100),
  sellerLines: z.array(z.string().max(100)).max(6),
  taxNumber: z.string().max(40),
  vatId: z.string().max(20),
  registrationNumber: z
    .string()
    .regex(/^(T\d{13})?$/, 'expected T and 13 digits, or nothing')
    .default(''),
  prefix: z.string().regex(/^([A-Z0-9][A-Z0-9-]{0,7})?$/, 'expected at most 8 capital letters, digits or hyphens'),
  footer: z.string().max(1000),
  keepYears: z.int().min(1).max(30),
})

export const backupPlan = z.object({
  isDaily: z.boolean(),
  keepDaily: z.int().min(1).max(366),
  keepWeekly: z.int().min(0).max(520),
  keepMonthly: z.int().min(0).max(120),
  secondFolder: z.string().min(1).max(1000).optional(),
})

const settings = z.object({
  shop: z.object({
    id: code,
    name: z.string().min(1).max(100),
    letter: z.string().regex(/^[A-Z]$/),
    addressLines: z.array(z.string().max(100)).max(6),
    country: z.string().regex(/^[A-Z]{2}$/),
    zone: z.string().max(60).refine(isZone, 'expected a time zone such as Europe/Berlin'),
    currency: z.string().regex(/^[A-Z]{3}$/),
    locale: z.string().max(20).refine(isLocale, 'expected a language such as en or de-CH'),
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    gs1Prefix: z
      .string()
      .regex(/^\d{6,12}$/)
      .optional(),
  }),
  packing: z.object({
    minSupport: z.union([z.literal(0), z.number().min(0.5).max(1)]),
    dimDivisorCm3PerKg: z.int().positive().optional(),
    keepApart: z.array(z.tuple([z.string().min(1), z.string().min(1)])),
    mode: z.enum(['fewest', 'cheapest']),
    objective: z.enum(['billable', 'volume', 'cost', 'tariff']),
  }),
  picking: z.object({
    totes: z.int().min(1).max(100),
    walkMetresPerMinute: z.int().min(1).max(200),
    secondsPerPick: z.int().min(0).max(600),
    keepDays: z.int().min(0).max(3650),
  }),
  delivery: z.object({
    detourFactor: z.number().min(1).max(3),
    serviceS: z.int().min(0).max(7200),
    receiptHours: z.int().min(1).max(720).optional(),
  }),
  privacy: z.object({
    sealing: z.enum(['delivery', 'selection', 'off']),
    labelDays: z.int().min(1).max(365),
    purgeDaysAfterDelivery: z.int().min(0).max(3650),
    unreportedDays: z.int().min(1).max(3650).optional(),
  }),
  invoices: invoiceSettings
    .extend({ automatic: z.object({ at: z.enum(['packed', 'handed-over']), since: z.int().min(0) }).optional() })
    .optional(),
  backups: backupPlan.optional(),
  collectDays: z.int().min(1).max(365).optional(),
  undoMs: z.int().min(0).max(600_000),
})

/** The shop itself: what it owns, who works there, how it is kept. */
export const shopOperations = {
  'today.get': query<TodayView>()(everywhere, z.object({})),
  /** Makes the shop key and saves the settings; the recovery key is answered this once and must be kept on paper. */
  'shop.init': command<{ readonly recoveryKey: string }>()(managers, z.object({ shop: settings.shape.shop })),
  'shop.init-sample': command<{ readonly recoveryKey: string; readonly products: number }>()(managers, z.object({})),
  'settings.get': query<Settings>()(everywhere, z.object({})),
  /** `confirmed` is needed to switch sealing off: then recipients stand in clear on labels. */
  'settings.save': command<Settings>()(managers, z.object({ settings, confirmed: z.boolean().default(false) })),

  'catalogue.import': command<{ new: number; changed: number; unchanged: number; refused: number; released: number }>()(
    managers,
    z.object({ csv: fileText, skipInvalid: z.boolean().default(false) }),
  ),
  'catalogue.list': query<PageView<ProductRowView>>()(everywhere, listInput),
  'cartons.import': command<{ new: number; changed: number; unchanged: number }>()(
    managers,
    z.object({ csv: fileText }),
  ),
  /** In order of inner volume; `isLow` = time to order more. */
  'cartons.list': query<readonly (StockedCarton & { readonly isLow: boolean })[]>()(everywhere, z.object({})),

  'postcodes.import': command<{ rows: number }>()(managers, z.object({ csv: fileText })),

  'server.stop': command<null>()(commandLineOnly, z.object({})),
}
