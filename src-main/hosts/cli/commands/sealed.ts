import type { DeliveryInformation, DeliveryParcel } from '../../../domain/delivery-information.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Jwk } from '../../../ports/vault.ts'
import { labelTools, manifestTools, now, readText } from '../../compose-tools.ts'
import type { Args, Command } from '../arguments.ts'
import type { Context } from '../context.ts'

const keyOption = { key: { type: 'string', help: "file with the courier's private JWK set" } } as const

/** What a courier without the opener can do with a private key at hand; no shop is needed. */
export const sealedCommands: readonly Command[] = [
  {
    name: 'open-label',
    words: '[FILE]',
    help: "opens the sealed block of a label (a file, or standard input) with the courier's key",
    fewest: 0,
    most: 1,
    options: { ...keyOption, parcel: { type: 'string', help: 'the scanned parcel number, to be compared' } },
    async run(context, args) {
      const privateKeys = await keysFrom(context, args)
      const block = await inputOf(context, args)
      return labelTools().open(block, { privateKeys, parcelNumber: args.text('parcel'), now: now() })
    },
  },
  {
    name: 'open-manifest',
    words: '[FILE]',
    help: "opens and checks a sealed manifest (a file, or standard input) with the courier's key",
    fewest: 0,
    most: 1,
    options: { ...keyOption, 'shop-key': { type: 'string', help: "file with the shop's pinned public JWK set" } },
    async run(context, args) {
      const privateKeys = await keysFrom(context, args)
      const pinned = args.text('shop-key')
      const shopKey =
        pinned === undefined
          ? undefined
          : parseKeys(await readText(context.path(pinned))).find((key) => key['use'] === 'sig')
      const number = /([^/\\]+)\.manifest\.jwe$/.exec(args.words[0] ?? '')?.[1]
      return manifestTools().open(await inputOf(context, args), { privateKeys, shopKey, number })
    },
  },
]

const inputOf = (context: Context, args: Args): Promise<string> => {
  const file = args.words[0]
  return readText(file === undefined || file === '-' ? '-' : context.path(file))
}

async function keysFrom(context: Context, args: Args): Promise<readonly Jwk[]> {
  const file = args.text('key')
  if (file === undefined) throw new AppError('ERR_INPUT_INVALID', { path: '--key', expected: keyOption.key.help })
  return parseKeys(await readText(context.path(file)))
}

function parseKeys(text: string): readonly Jwk[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && 'keys' in parsed && Array.isArray(parsed.keys))
      return parsed.keys
  } catch {
    // Said below: not JSON and no key set are mended the same way.
  }
  throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'no-jwk-set' })
}

/** The delivery information with every recipient that the key can open in clear. Printed, never stored. */
export async function openDelivery(delivery: DeliveryInformation, keySet: string): Promise<unknown> {
  const privateKeys = parseKeys(keySet)
  const labels = labelTools()
  const opened = async (parcel: DeliveryParcel) => {
    if ('plain' in parcel.recipient) return parcel
    const { recipient } = await labels.open(parcel.recipient.sealed, {
      privateKeys,
      parcelNumber: parcel.number,
      now: now(),
    })
    return { ...parcel, recipient: { plain: recipient } }
  }
  const routes = []
  for (const route of delivery.routes) {
    const stops = []
    for (const stop of route.stops) {
      const parcels = await Promise.all(stop.parcels.map(opened))
      stops.push({ ...stop, parcels, recipient: parcels[0]?.recipient ?? stop.recipient })
    }
    routes.push({ ...route, stops })
  }
  return { ...delivery, routes }
}
