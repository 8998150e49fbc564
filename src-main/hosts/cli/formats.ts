import { batchFileSchema, batchResultFormat } from '../../contract/formats/batch.ts'
import { deliverFileSchema, deliverResultFormat } from '../../contract/formats/deliver.ts'
import { packProblemSchema } from '../../contract/formats/pack.ts'
import { tourFileSchema, tourResultFormat } from '../../contract/formats/tour.ts'
import type { Failure } from '../../contract/failure.ts'
import { firstIssue } from '../../contract/input-issue.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Planners, PlanOptions } from '../../ports/planners.ts'
import { jsonPosition } from './json-position.ts'

/** The commands that plan from a file in a planning format (docs/protocol), without database and settings. */
export const formatCommands = ['pack', 'tour', 'batch', 'deliver'] as const
export type FormatCommand = (typeof formatCommands)[number]

export interface FormatOptions extends PlanOptions {
  readonly planners: Planners
}

/**
 * Plans the problem that `text` states and answers the result as JSON text, also where something could
 * not be packed, reached or delivered. Without `budgetMs` the same text and seed give the same text but
 * for the `ms` fields. Throws ERR_INPUT_NOT_JSON (`position`, `line`, `column`), ERR_INPUT_INVALID
 * (`path`, `expected`), and what the planners throw.
 */
export async function runFormatCommand(command: FormatCommand, text: string, options: FormatOptions): Promise<string> {
  const { planners, seed = 1, workers = 1, ...rest } = options
  const result = await commands[command](parsedJson(text), planners, { seed, workers, ...rest })
  return JSON.stringify(result, withShortMs)
}

/** A failure on one line, as the formats promise: where, what was expected, and the code. */
export function failureLine({ code, details }: Failure): string {
  const { path, expected, reason, line, column } = details
  if (code === 'ERR_INPUT_NOT_JSON') return `line ${line}, column ${column}: expected JSON (${code})`
  if (path !== undefined && expected !== undefined)
    return `${path}: expected ${expected} (${[code, reason].filter(Boolean).join(', ')})`
  return `${code} ${JSON.stringify(details)}`
}

const commands: Readonly<
  Record<FormatCommand, (json: unknown, planners: Planners, options: PlanOptions) => Promise<object>>
> = {
  async pack(json, planners, options) {
    const { cartons, rules, orders } = checked(packProblemSchema.safeParse(json))
    return { format: 'backroom-pack-result-1', ...(await planners.pack({ cartons, rules, orders }, options)) }
  },
  async tour(json, planners, options) {
    const { problems } = checked(tourFileSchema.safeParse(json))
    return { format: tourResultFormat, results: await planners.tours(problems, options) }
  },
  async batch(json, planners, options) {
    const { problems } = checked(batchFileSchema.safeParse(json))
    return { format: batchResultFormat, results: await planners.batches(problems, options) }
  },
  async deliver(json, planners, options) {
    const { problems } = checked(deliverFileSchema.safeParse(json))
    return { format: deliverResultFormat, results: await planners.deliveries(problems, options) }
  },
}

/** Some editors on Windows write this sign in front of a file's text. */
const byteOrderMark = '\uFEFF'

function parsedJson(text: string): unknown {
  const json = text.startsWith(byteOrderMark) ? text.slice(1) : text
  try {
    return JSON.parse(json)
  } catch {
    // No cause: the message of JSON.parse quotes the text.
    throw new AppError('ERR_INPUT_NOT_JSON', { ...jsonPosition(json) })
  }
}

type Parsed<Value> =
  | { readonly success: true; readonly data: Value }
  | { readonly success: false; readonly error: Parameters<typeof firstIssue>[0] }

function checked<Value>(parsed: Parsed<Value>): Value {
  if (parsed.success) return parsed.data
  throw new AppError('ERR_INPUT_INVALID', { ...firstIssue(parsed.error) })
}

/** Microseconds are the last figures of `ms` that mean anything. */
const withShortMs = (key: string, value: unknown): unknown =>
  key === 'ms' && typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value
