import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import process from 'node:process'
import { AppError } from '../../kernel/errors.ts'

export type Sealing = 'delivery' | 'selection' | 'off'

export interface DemoOptions {
  readonly out: string
  readonly orders: number
  readonly seed: number
  readonly sealing: Sealing
  readonly isJson: boolean
  /** Leave everything running at the end and print how to reach it. */
  readonly keeps: boolean
  /** Where to write down what goes over the wire and what programs print. */
  readonly record: string | undefined
}

const mostCustomers = 60
export const demoUsage =
  '[--out DIR] [--orders N] [--seed N] [--sealing delivery|selection|off] [--json] [--keep] [--record DIR]'
const sealings: readonly Sealing[] = ['delivery', 'selection', 'off']

/** Throws ERR_INPUT_INVALID naming the option. */
export function readOptions(argv: readonly string[]): DemoOptions {
  const { values } = parse(argv)
  const orders = wholeNumber('orders', values.orders)
  if (orders < 1 || orders > mostCustomers)
    throw new AppError('ERR_INPUT_INVALID', { path: '--orders', expected: `1 to ${mostCustomers}` })
  const sealing = sealings.find((known) => known === values.sealing)
  if (!sealing) throw new AppError('ERR_INPUT_INVALID', { path: '--sealing', expected: sealings.join(', ') })
  const here = process.env['INIT_CWD'] ?? process.cwd()
  return {
    out: resolve(here, values.out),
    orders,
    seed: wholeNumber('seed', values.seed),
    sealing,
    isJson: values.json,
    keeps: values.keep,
    record: values.record === undefined ? undefined : resolve(here, values.record),
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        out: { type: 'string', default: 'demo-out' },
        orders: { type: 'string', default: '60' },
        seed: { type: 'string', default: '1' },
        sealing: { type: 'string', default: 'delivery' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        record: { type: 'string' },
      },
    })
  } catch (cause) {
    throw new AppError('ERR_INPUT_INVALID', { path: 'demo', expected: demoUsage }, { cause })
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new AppError('ERR_INPUT_INVALID', { path: `--${option}`, expected: 'a whole number' })
  return Number(text)
}
