import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sendCustomers } from '../../src-main/hosts/demo/people.ts'
import { openStorefront } from '../../src-main/hosts/demo/shop.ts'
import { programFolder } from './built.ts'

export interface StorefrontWithOrders {
  readonly address: string
  readonly token: string
  stop(): Promise<void>
}

const samples = join(programFolder, 'resources/sample-shop')

/** The bundled storefront as a process of its own, with orders of that many of the sample's customers, all as guests. */
export async function openStorefrontWithOrders(folder: string, count: number): Promise<StorefrontWithOrders> {
  const storefront = await openStorefront(join(folder, 'storefront'), samples)
  const customers = JSON.parse(readFileSync(join(samples, 'customers.json'), 'utf8')) as readonly object[] // our file
  const file = join(folder, 'customers.json')
  writeFileSync(file, JSON.stringify(customers.map((customer) => ({ ...customer, kind: 'guest' }))))
  const { stop } = await sendCustomers({ address: storefront.address, file, count, seed: 11 })
  stop()
  return storefront
}

/** What a courier hands over: a fresh public key set, as text. */
export function courierKeySet(): string {
  const publicKey = (use: 'enc' | 'sig'): object => {
    const { publicKey: made } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { ...made.export({ format: 'jwk' }), use }
  }
  return JSON.stringify({ keys: [publicKey('enc'), publicKey('sig')] })
}
