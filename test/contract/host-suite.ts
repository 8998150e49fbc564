import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src-main/contract/client.ts'
import type { Workshop } from '../../src-main/application/workshop.ts'
import { AppError } from '../../src-main/kernel/errors.ts'

/** A door into a shop of its own: what a manager calls through, and the room's workshop to prepare things with. */
export interface OpenDoor {
  readonly client: Client
  readonly workshop: Workshop
  close(): Promise<void>
}

/** One call of the script and what came back, masked: ids, times and keys differ from shop to shop. */
export interface Exchange {
  readonly operation: string
  readonly answer?: unknown
  readonly failure?: { readonly code: string; readonly details: unknown }
}

/** Everything the suite promises of one door; the transcript is compared with those of the other doors. */
export function hostSuite(name: string, open: () => Promise<OpenDoor>): { readonly transcript: () => Exchange[] } {
  let transcript: Exchange[] = []
  describe(`the door ${name}`, () => {
    let door: OpenDoor
    beforeAll(async () => {
      door = await open()
      transcript = await playScript(door.client)
    })
    afterAll(() => door.close())

    test('answers every call of a manager’s day', () => {
      const failed = transcript
        .filter((one) => one.failure !== undefined)
        .map((one) => [one.operation, one.failure?.code])
      expect(failed).toEqual(expectedFailures)
    })

    test('hands failures over as code and facts', async () => {
      await expect(door.client.call('orders.get', { order: 'nothing' })).rejects.toMatchObject({
        code: 'ERR_ORDER_NOT_FOUND',
        details: { order: 'nothing' },
      })
      const wrong = door.client.call('pick.confirm', { wave: 'W', tour: 0, seq: 1, code: 'A', quantity: 1 })
      await expect(wrong).rejects.toMatchObject({
        code: 'ERR_INPUT_INVALID',
        details: { path: 'tour', expected: expect.stringContaining('at least 1') },
      })
    })

    test('knows only the operations of the table', async () => {
      // What is not in the table cannot be typed; a stranger's program may still send it.
      const call = door.client.call as unknown as (operation: string, input: unknown) => Promise<unknown>
      await expect(call('shop.sell', {})).rejects.toMatchObject({ code: 'ERR_COMMAND_UNKNOWN' })
      await expect(call('__proto__', {})).rejects.toMatchObject({ code: 'ERR_COMMAND_UNKNOWN' })
      await expect(call('toString', {})).rejects.toMatchObject({ code: 'ERR_COMMAND_UNKNOWN' })
    })

    test('shows nothing personal, and no sealed record, in any list', async () => {
      const text = JSON.stringify(await door.client.call('orders.list', {}))
      expect(text).not.toMatch(/wrappedKey|ciphertext|addressToken|contentHash|Quirrenbach/)
      expect(JSON.stringify(await door.client.call('waves.list', {}))).not.toMatch(/wrappedKey|Quirrenbach/)
    })

    test('lists what waits to be told', async () => {
      const { rows, total } = await door.client.call('outbox.list', {})
      expect(rows.map((row) => row.kind).toSorted()).toEqual(['on-hold', 'picking', 'planned', 'planned', 'planned'])
      expect(total).toBe(5)
    })

    test('takes letters of every script through unharmed', async () => {
      await door.client.call('staff.save', { name: 'Zoë 小林 Ōkami', role: 'packer' })
      const names = (await door.client.call('staff.list', {})).map((person) => person.name)
      expect(names).toContain('Zoë 小林 Ōkami')
    })
  })
  return { transcript: () => transcript }
}

/** Calls of the script that must fail, with their codes, in order. */
const expectedFailures = [
  ['waves.get', 'ERR_WAVE_NOT_FOUND'],
  ['waves.selection', 'ERR_DOCUMENT_NOT_FOUND'],
  ['waves.issue-labels', 'ERR_COURIER_KEY_MISSING'],
  ['pick.confirm', 'ERR_PICK_WRONG_PRODUCT'],
  ['settings.save', 'ERR_CONFIRMATION_NEEDED'],
  ['catalogue.import', 'ERR_CSV_INVALID'],
  ['status.import', 'ERR_STATUS_FILE_INVALID'],
]

/** A manager's day in calls; each answer is masked and written down. */
async function playScript(client: Client): Promise<Exchange[]> {
  const transcript: Exchange[] = []
  const mask = masker()
  const say: Client['call'] = async (operation, input, job) => {
    try {
      const answer = await client.call(operation, input, job)
      transcript.push({ operation, answer: mask(answer) })
      return answer
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      transcript.push({ operation, failure: { code: error.code, details: mask(error.details) } })
      // The script goes on; what it calls next does not need this answer.
      return undefined as never
    }
  }
  await say('today.get', {})
  const settings = await say('settings.get', {})
  await say('catalogue.list', { limit: 3, search: 'tea' })
  await say('cartons.list', {})
  await say('orders.list', { sort: 'code' })
  await say('waves.get', { wave: 'W1' })
  const { wave } = await say('waves.plan', { seed: 7 })
  await say('waves.selection', { wave: wave.code })
  await say('waves.issue-documents', { wave: wave.code })
  await say('waves.issue-labels', { wave: wave.code })
  const list = await say('pick.list', { wave: wave.code })
  const stop = list.tours[0]?.stops[0]
  await say('orders.hold', { order: stop?.orderCode ?? '' })
  const at = { wave: wave.code, tour: 1, seq: stop?.seq ?? 1, quantity: 1 }
  await say('pick.confirm', { ...at, code: 'another-product' })
  await say('pick.confirm', { ...at, code: stop?.gtin ?? stop?.sku ?? '' })
  await say('orders.explain', { order: stop?.orderCode ?? '' })
  await say('orders.get', { order: stop?.orderCode ?? '' })
  await say('documents.list', { subjectIds: [wave.id] })
  await say('couriers.list', {})
  await say('settings.save', { settings: { ...settings, privacy: { ...settings.privacy, sealing: 'off' } } as never })
  await say('catalogue.import', { csv: 'sku,name,price_minor\nA,,1\n' })
  await say('status.import', { file: 'nothing' })
  await say('waves.list', {})
  await say('manifests.list', {})
  await say('terminals.list', {})
  return transcript
}

/** Ids become numbers in the order in which they turn up; times and what is made of them become words. */
function masker(): (value: unknown) => unknown {
  const known = new Map<string, string>()
  const name = (id: string): string => {
    const given = known.get(id) ?? `<id ${known.size + 1}>`
    known.set(id, given)
    return given
  }
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
  const mask = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (key === 'sha256' || key === 'fingerprint') return `<${key}>`
      return value.replaceAll(uuid, name)
    }
    if (typeof value === 'number' && (key === 'ms' || value > 1_600_000_000_000)) return `<${key}>`
    if (Array.isArray(value)) return value.map((entry) => mask(entry, key))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return Object.fromEntries(entries.map(([inner, content]) => [inner, mask(content, inner)]))
  }
  return (value) => mask(value)
}
