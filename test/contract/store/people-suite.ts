import { expect, test } from 'vitest'
import { makeAudit, makeStaff, makeTerminal, testNow } from '../../fixtures/builders.ts'
import { everything, type MakeStore } from './shop.ts'

export function peopleSuite(makeStore: MakeStore): void {
  test('staff come by name, and saving one again replaces them', async () => {
    const store = await makeStore()
    const zoe = makeStaff({ name: 'Zoe' })
    const emil = makeStaff({ name: 'Émil' })
    const fay = makeStaff({ name: 'fay' })
    for (const staff of [zoe, emil, fay]) await store.saveStaff(staff, makeAudit())
    const promoted = { ...zoe, role: 'manager' as const, pinHash: 'salt:hash' }
    await store.saveStaff(promoted, makeAudit())
    expect(await store.loadStaff()).toEqual([emil, fay, promoted])
    const gone = { ...fay, pinLockedAt: testNow, leftAt: testNow + 1 }
    await store.saveStaff(gone, makeAudit())
    expect(await store.loadStaff()).toEqual([emil, gone, promoted])
  })

  test('a terminal is found by the hash of its token, also after it was revoked', async () => {
    const store = await makeStore()
    const terminal = makeTerminal({ tokenHash: 'hash-1' })
    await store.saveTerminal(terminal, makeAudit())
    expect(await store.findTerminalByTokenHash('hash-1')).toEqual(terminal)
    expect(await store.findTerminalByTokenHash('hash-2')).toBeUndefined()
    const revoked = { ...terminal, revokedAt: testNow + 1 }
    await store.saveTerminal(revoked, makeAudit())
    expect(await store.findTerminalByTokenHash('hash-1')).toEqual(revoked)
    expect(await store.loadTerminals()).toEqual([revoked])
    await store.saveTerminalSeen(terminal.id, testNow + 2)
    await store.saveTerminalSeen('nobody', testNow + 2)
    expect(await store.loadTerminals()).toEqual([{ ...revoked, lastSeenAt: testNow + 2 }])
  })

  test('the audit log comes newest first, ties by id, and is searched by actor, action and entity', async () => {
    const store = await makeStore()
    const entries = [
      makeAudit({ id: 'a-1', at: testNow, actor: 'staff:pat', action: 'look', entity: 'order', entityId: 'o-1' }),
      makeAudit({ id: 'a-3', at: testNow + 1, actor: 'cli:root', action: 'purge' }),
      makeAudit({ id: 'a-2', at: testNow + 1, actor: 'staff:pat', action: 'plan', entity: 'wave' }),
    ]
    for (const entry of entries) await store.saveAudit(entry)
    const list = async (search?: string) => (await store.listAudit({ ...everything, search })).rows.map(({ id }) => id)
    expect(await list()).toEqual(['a-2', 'a-3', 'a-1'])
    expect(await list('pat')).toEqual(['a-2', 'a-1'])
    expect(await list('purge')).toEqual(['a-3'])
    expect(await list('wave')).toEqual(['a-2'])
    expect(await store.listAudit({ offset: 2, limit: 5 })).toEqual({ rows: [entries[0]], total: 3 })
  })

  test('whatever is saved with an audit entry leaves it in the log', async () => {
    const store = await makeStore()
    const entry = makeAudit({ action: 'hire', facts: { role: 'picker', count: 1 } })
    await store.saveStaff(makeStaff(), entry)
    expect((await store.listAudit(everything)).rows).toEqual([entry])
  })
}
