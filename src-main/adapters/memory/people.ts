import type { PeopleStore } from '../../ports/store/people-store.ts'
import { folded, isFound, pageOf } from './lists.ts'
import { erasureInMemory } from './erasure.ts'
import { type MemoryState, saveAll, saveAudit } from './state.ts'
import { compareText } from './stock.ts'

/** Staff, terminals, the audit log and the end of personal data, over the shared state. */
export function peopleInMemory(state: MemoryState): PeopleStore {
  return {
    ...erasureInMemory(state),
    async saveStaff(staff, audit) {
      saveAll(state.staff, [staff], ({ id }) => id)
      saveAudit(state, audit)
    },
    async loadStaff() {
      return [...state.staff.values()].sort(
        (a, b) => compareText(folded(a.name), folded(b.name)) || compareText(a.id, b.id),
      )
    },
    async saveTerminal(terminal, audit) {
      saveAll(state.terminals, [terminal], ({ id }) => id)
      saveAudit(state, audit)
    },
    async saveTerminalSeen(terminalId, at) {
      const known = state.terminals.get(terminalId)
      if (known) state.terminals.set(terminalId, { ...known, lastSeenAt: at })
    },
    async loadTerminals() {
      return [...state.terminals.values()].sort((a, b) => a.pairedAt - b.pairedAt || compareText(a.id, b.id))
    },
    async findTerminalByTokenHash(tokenHash) {
      return [...state.terminals.values()].find((terminal) => terminal.tokenHash === tokenHash)
    },
    async saveAudit(entry) {
      saveAudit(state, entry)
    },
    async listAudit(query) {
      const found = [...state.audit.values()].filter(
        (entry) =>
          (query.actions?.includes(entry.action) ?? true) &&
          isFound(query.search, [entry.actor, entry.action, entry.entity, entry.entityId]),
      )
      return pageOf(found, query, {
        idOf: (entry) => entry.id,
        sorts: {
          at: (entry) => entry.at,
          actor: (entry) => entry.actor,
          action: (entry) => entry.action,
          entity: (entry) => entry.entity,
        },
        usual: { sort: 'at', descending: true },
      })
    },
  }
}
