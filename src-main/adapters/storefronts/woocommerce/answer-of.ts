import type { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { WooHost } from './woo-host.ts'

/** The answer in its shape, or ERR_STOREFRONT_ANSWER with the place that is wrong. */
export function shapedAnswer<Schema extends z.ZodType>(
  host: WooHost,
  path: string,
  { json, schema }: { readonly json: unknown; readonly schema: Schema },
): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = { field: issue?.path.join('.') ?? '', expected: issue?.message ?? '' }
  throw new AppError('ERR_STOREFRONT_ANSWER', { host: host.base.host, path, what: 'wrong-shape', ...place })
}
