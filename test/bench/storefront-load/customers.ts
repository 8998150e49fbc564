/** A customer of the load test: a guest with a basket. */
export interface LoadCustomer {
  readonly cookie: string
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
}

/** Guests, each with a session of their own and one to eight products in the basket. */
export async function customersWithCarts(
  address: string,
  skus: readonly string[],
  count: number,
): Promise<readonly LoadCustomer[]> {
  const customers: LoadCustomer[] = []
  for (let index = 0; index < count; index += 1) {
    const first = await fetch(`${address}/cart`, { headers: { accept: 'application/json' } })
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    await first.arrayBuffer()
    const kinds = 1 + (index % 8)
    const chosen = new Set(
      Array.from({ length: kinds }, (_, line) => skus[(index * 37 + line * 101) % skus.length] ?? ''),
    )
    const lines = [...chosen].map((sku, line) => ({ sku, quantity: 1 + ((index + line) % 2) }))
    const put = await fetch(`${address}/cart`, {
      method: 'PUT',
      headers: { cookie, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ lines }),
    })
    if (!put.ok) throw new Error(`a basket was refused: ${put.status} ${await put.text()}`)
    await put.arrayBuffer()
    customers.push({ cookie, lines })
  }
  return customers
}
