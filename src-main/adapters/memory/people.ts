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
    async loadAuditFacets() {
      const entries = [...state.audit.values()]
      const different = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted(compareText)
      return {
        actors: different(entries.map((entry) => entry.actor)),
        actions: different(entries.map((entry) => entry.action)),
        entities: different(entries.map((entry) => entry.entity)),
      }
    },
    async listAudit(query) {
      const found = [...state.audit.values()].filter(
        (entry) =>
          (query.actions?.includes(entry.action) ?? true) &&
          (query.actor === undefined || query.actor === entry.actor) &&
          (query.entity === undefined || query.entity === entry.entity) &&
          (query.from === undefined || entry.at >= query.from) &&
          (query.to === undefined || entry.at < query.to) &&
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
