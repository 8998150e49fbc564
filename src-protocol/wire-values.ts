import { z } from 'zod'

/** Values that every message is made of. Times are RFC 3339 with an offset, money decimal strings with a currency. */
export const identifier = z.string().min(1).max(200)
export const shortText = z.string().min(1).max(300)
export const instant = z.iso.datetime({ offset: true })
export const currencyCode = z.string().regex(/^[A-Z]{3}$/)
export const countryCode = z.string().regex(/^[A-Z]{2}$/)
export const locale = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

export const moneyAmount = z.strictObject({
  amount: z.string().regex(/^-?\d{1,12}(\.\d{1,3})?$/),
  currency: currencyCode,
})
export type MoneyAmount = z.infer<typeof moneyAmount>

/** Percent as a decimal string: `"19"`, `"7.5"`. */
export const taxRate = z.string().regex(/^\d{1,2}(\.\d{1,2})?$/)

export const quantity = z.int().min(1).max(100_000)
export const grams = z.int().min(0).max(10_000_000)
export const millimetres = z.int().min(1).max(100_000)
export const sizeMm = z.tuple([millimetres, millimetres, millimetres])

/** Facts beside a code: numbers and names from which each side makes its own sentence. */
export const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export const codedReason = z.strictObject({ code: z.string().min(1).max(100), facts })

/** Opaque; handed back unread. */
export const cursor = z.string().min(1).max(500)

/** A page of a change feed. `cursor` is where to go on, also when there is nothing more for now. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ entries: z.array(entry), cursor, hasMore: z.boolean() })

/**
 * Every refusal looks like this, as `application/problem+json` (RFC 9457). Programs go by `error.code`; `details` are
 * facts, never personal.
 */
export const problem = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  status: z.int().optional(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }),
})
export type Problem = z.infer<typeof problem>
