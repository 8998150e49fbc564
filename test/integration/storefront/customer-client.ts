import type { OrderAnswer } from '../../../src-storefront/customer/schemas.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body of a JSON answer. */
  readonly json: any // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into answers freely
}

/** A customer's terminal: remembers its cookie and nothing else. */
export class CustomerClient {
  cookie = ''
  private readonly address: string

  constructor(address: string) {
    this.address = address
  }

  async send(
    method: string,
    path: string,
    options: { body?: unknown; form?: object; headers?: object } = {},
  ): Promise<Answer> {
    const { body, form, headers } = options
    const response = await fetch(this.address + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: form === undefined ? 'application/json' : 'text/html',
        ...(this.cookie !== '' && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(form !== undefined && { body: new URLSearchParams(form as Record<string, string>).toString() }), // tests pass texts
    })
    const set = response.headers.get('set-cookie')
    if (set !== null) this.cookie = set.split(';')[0] ?? ''
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
  }

  get(path: string, headers: object = {}): Promise<Answer> {
    return this.send('GET', path, { headers })
  }

  page(path: string): Promise<Answer> {
    return this.send('GET', path, { headers: { accept: 'text/html' } })
  }

  async identify(email: string, extra: object = {}): Promise<Answer> {
    const address = { name: 'Ada Test', lines: ['Teststraße 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
    const body = { mode: 'guest', email, name: 'Ada Test', deliveryAddresses: [address], ...extra }
    return this.send('POST', '/session', { body })
  }

  /** Puts lines into the basket and orders them. */
  async order(
    lines: readonly { sku: string; quantity: number }[],
    key = crypto.randomUUID() as string,
  ): Promise<Answer> {
    await this.send('PUT', '/cart', { body: { lines } })
    return this.checkOut(key)
  }

  checkOut(key: string, extra: object = {}): Promise<Answer> {
    const body = { service: 'standard', payment: 'invoice', ...extra }
    return this.send('POST', '/orders', { body, headers: { 'idempotency-key': key } })
  }

  async readOrder(id: string): Promise<OrderAnswer> {
    return (await this.get(`/orders/${id}`)).json as OrderAnswer // the schema is checked in customer-journey.test.ts
  }
}
