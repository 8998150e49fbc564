import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputOf, OperationName } from '../../../src-main/contract/operations.ts'
import { openStation, localTokens } from '../station/sample-room.ts'
import { askRoom } from './shop.ts'

type Shop = Awaited<ReturnType<typeof openStation>>

describe('who looked', () => {
  let shop: Shop
  let ask: ReturnType<typeof askRoom>['ask']
  beforeAll(async () => {
    shop = await openStation()
    ask = askRoom(shop).ask
    const settings = await ask('settings.get', {})
    // What the room answered is what it takes; only the readonly of its type differs.
    const saved = {
      ...settings,
      privacy: { ...settings.privacy, sealing: 'off' },
    } as InputOf<'settings.save'>['settings']
    await ask('settings.save', { settings: saved, confirmed: true })
  }, 60_000)
  afterAll(() => shop.close())

  const looks = async () => (await ask('audit.list', { looks: true })).rows

  const looking: readonly [OperationName, () => Promise<unknown>, string][] = [
    ['orders.recipient', async () => ask('orders.recipient', { order: await firstOrder() }), 'look-at-recipient'],
    ['customers.find', () => ask('customers.find', { typed: 'Quirrenbach' }), 'look-for-customer'],
    ['privacy.find', () => ask('privacy.find', { typed: 'Quirrenbach' }), 'find-person'],
    ['privacy.export', () => ask('privacy.export', { userId: 'user-1' }), 'export-person'],
    [
      'files.export-orders',
      () => ask('files.export-orders', { delimiter: ',', decimal: '.', withRecipients: true }),
      'export-recipients',
    ],
  ]
  const firstOrder = async (): Promise<string> => (await ask('orders.list', {})).rows[0]?.order.code ?? ''

  test.each(looking)(
    '%s answers a name, and leaves who and of whom in the log, never the name',
    async (_name, look, action) => {
      const before = (await looks()).length
      expect(JSON.stringify(await look())).toContain('Quirrenbach')
      const after = await looks()
      expect(after.length).toBeGreaterThan(before)
      expect(after[0]).toMatchObject({ action, actor: 'desktop:test' })
      expect(JSON.stringify(after)).not.toContain('Quirrenbach')
      expect((await ask('audit.export', { looks: true })).csv).not.toContain('Quirrenbach')
    },
  )

  test('a label in clear that somebody opens is a look; a pick sheet is none', async () => {
    const { wave } = await ask('waves.plan', {})
    await ask('waves.issue-documents', { wave: wave.code })
    const view = await ask('waves.issue-labels', { wave: wave.code }).then(() => ask('waves.get', { wave: wave.code }))
    const papers = await ask('documents.list', { subjectIds: [wave.id, ...view.parcels.map((parcel) => parcel.id)] })
    const open = async (kind: string): Promise<void> => {
      const id = papers.find((paper) => paper.kind === kind)?.id ?? ''
      const answer = await fetch(`${shop.station.address}/documents/${id}`, { headers: { authorization: `Bearer ${localTokens.desktop}` } }) // prettier-ignore
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
    }
    const before = (await looks()).length
    await open('pick-sheet')
    expect((await looks()).length).toBe(before)
    await open('label')
    expect((await looks())[0]).toMatchObject({ action: 'look-at-paper', entity: 'label' })
  })

  test('what one person is handed holds everything of them, escaped, and nothing of others', async () => {
    const { json, html } = await ask('privacy.export', { userId: 'user-1' })
    const file = JSON.parse(json) as { orders: { personal: { recipient: { name: string } } }[]; userId: string }
    expect(file.userId).toBe('user-1')
    expect(file.orders).toHaveLength(1)
    expect(file.orders[0]?.personal.recipient.name).toContain('Quirrenbach')
    expect(json).not.toMatch(/wrappedKey|ciphertext|emailToken/)
    expect(html).toContain('Quirrenbach')
    expect(html).not.toMatch(/<script|<img|http/)
  })
})
