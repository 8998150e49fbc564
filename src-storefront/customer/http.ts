import type { Context } from 'hono'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'

/** JSON where it is asked for, and as the answer to JSON; a page otherwise. */
export function wantsJson(c: Context): boolean {
  const accept = c.req.header('accept') ?? ''
  if (accept.includes('application/json')) return !accept.includes('text/html')
  return isJson(c) && !accept.includes('text/html')
}

const isJson = (c: Context): boolean => /^application\/json\b/i.test(c.req.header('content-type') ?? '')

export type Form = Readonly<Record<string, string>>

/** The body of a request: JSON, or the fields of a form whose token was checked by `formOf`. */
export async function bodyOf(c: Context): Promise<{ json: unknown } | { form: Form }> {
  if (isJson(c)) {
    try {
      return { json: JSON.parse(await c.req.text()) }
    } catch {
      throw new Refusal(400, 'not-json')
    }
  }
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(415, 'unsupported-type', { details: { expected: 'application/json' } })
  }
  const fields = await c.req.parseBody()
  const form: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && value.trim() !== '') form[name] = value.trim()
  }
  return { form }
}

/** Reads a value by its schema, or refuses with the path of the first wrong field and what was expected. */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues
    .slice(0, 10)
    .map(({ path, message }) => ({ path: path.join('.'), expected: message }))
  throw new Refusal(422, 'invalid', { details: { path: problems[0]?.path ?? '', problems } })
}

/** A whole number from the query within limits. */
export function numberFrom(c: Context, name: string, range: { min: number; max: number; otherwise: number }): number {
  const text = c.req.query(name)
  if (text === undefined) return range.otherwise
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < range.min) {
    throw new Refusal(422, 'invalid', { details: { path: name, expected: `a whole number from ${range.min}` } })
  }
  return Math.min(value, range.max)
}
