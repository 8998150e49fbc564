import { z } from 'zod'

const position = { offset: z.number().int().nonnegative(), lastId: z.number().int().nonnegative() }

/**
 * Where a change feed stands. `since` is the lower bound of the window that is being read, `until` the host's clock at
 * its first answer: from it the next window is made. Between two windows only `since` is there.
 */
const orderCursor = z.object({
  v: z.literal(1),
  since: z.number().optional(),
  until: z.number().optional(),
  list: z.number().int().nonnegative().default(0),
  offset: position.offset.default(0),
  lastId: position.lastId.default(0),
})
export type OrderCursor = z.output<typeof orderCursor>

/** As orders; `known` are the ids told so far, `seen` those of the full pass under way, `fullAt` when the last began. */
const productCursor = orderCursor.omit({ list: true }).extend({
  known: z.string().default(''),
  seen: z.string().optional(),
  fullAt: z.number().optional(),
})
export type ProductCursor = z.output<typeof productCursor>

const erasureCursor = z.object({
  v: z.literal(1),
  since: z.number(),
  known: z.string().default(''),
  fullAt: z.number(),
})
export type ErasureCursor = z.output<typeof erasureCursor>

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined // no cursor of ours: as good as expired
  }
}

export const cursorText = (cursor: OrderCursor | ProductCursor | ErasureCursor): string => JSON.stringify(cursor)
export const readOrderCursor = (text: string): OrderCursor | undefined => read(orderCursor, text)
export const readProductCursor = (text: string): ProductCursor | undefined => read(productCursor, text)
export const readErasureCursor = (text: string): ErasureCursor | undefined => read(erasureCursor, text)
