import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, type ComposeOptions, type Composed } from '../../../src-main/hosts/compose.ts'
import type { InputOf, OperationName, OutputOf } from '../../../src-main/contract/operations.ts'
import type { Visitor } from '../../../src-main/hosts/handlers.ts'
import type { Reply } from '../../../src-main/contract/failure.ts'

const desk: Visitor = { door: 'desktop', actor: 'desktop:test' }
export const people = ['Quirrenbach', 'Xylander'] as const

/** A composed shop on a folder, asked through its room; one that is closed and opened again is another. */
export interface AskedShop {
  readonly composed: Composed
  reply<Name extends OperationName>(name: Name, input: InputOf<Name>, job?: string): Promise<Reply<unknown>>
  ask<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  close(): Promise<void>
}

export async function openShop(
  dataFolder: string,
  options: Partial<Pick<ComposeOptions, 'keychain' | 'passphrase'>> = {},
): Promise<AskedShop> {
  const composed = await compose({ dataFolder, ...options })
  return { composed, ...askRoom(composed), close: () => composed.close() }
}

/** Asks a room as the desk does. */
export function askRoom({ room }: Pick<Composed, 'room'>): Pick<AskedShop, 'reply' | 'ask'> {
  const reply: AskedShop['reply'] = (name, input, job = 'test') => room.call(name, input, desk, job)
  return {
    reply,
    async ask(name, input) {
      const answer = await reply(name, input)
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
      // The room answers what its operation says.
      return answer.value as never
    },
  }
}

/** The sample shop with an order of each of two people; answers the recovery key. */
export async function fillShop(
  shop: AskedShop,
): Promise<{ readonly recoveryKey: string; readonly orders: readonly string[] }> {
  const { recoveryKey } = await shop.ask('shop.init-sample', {})
  const orders: string[] = []
  for (const name of people) orders.push((await placeOrder(shop, name)).code)
  return { recoveryKey, orders }
}

export const placeOrder = (shop: AskedShop, name: string) =>
  shop.ask('orders.place', {
    key: `order-of-${name}-1`,
    lines: [{ code: 'GR-0101', quantity: 1 }],
    service: 'standard',
    customer: {
      name: `Zoe ${name}`,
      email: `${name.toLowerCase()}@example.org`,
      phone: '+49 30 9988776',
      address: { lines: ['Xylophonallee 7'], postcode: '10115', city: 'Berlin', country: 'DE' },
    },
  })

export function temporaryFolders() {
  const parent = mkdtempSync(join(tmpdir(), 'backroom-backup-'))
  let count = 0
  return {
    next: (): string => join(parent, String(++count)),
    path: (name: string): string => join(parent, name),
    remove: (): void => rmSync(parent, { recursive: true, force: true }),
  }
}
