import type { PeopleStore } from '../../ports/store/people-store.ts'
import { rewrapSealed } from './rewrap.ts'
import {
  eraseUser,
  purgeOrders,
  selectErasures,
  selectPurgeable,
  selectStrayPapers,
  selectUnreported,
} from './purge.ts'
import type { Sql } from './sql.ts'
import { selectOrdersOfUsers } from './tables/orders.ts'
import { insertAudit, selectAuditFacets, selectAuditPage } from './tables/audit.ts'
import { selectUsersByEmail } from './tables/users.ts'
import {
  selectStaff,
  selectTerminalByToken,
  selectTerminals,
  updateTerminalSeen,
  upsertStaff,
  upsertTerminal,
} from './tables/staff.ts'

export const peopleStore = (sql: Sql): PeopleStore => ({
  saveStaff: (staff, audit) =>
    sql.write(() => {
      upsertStaff(sql, staff)
      insertAudit(sql, audit)
    }),
  loadStaff: () => sql.read(() => selectStaff(sql)),
  saveTerminal: (terminal, audit) =>
    sql.write(() => {
      upsertTerminal(sql, terminal)
      insertAudit(sql, audit)
    }),
  saveTerminalSeen: (terminalId, at) => sql.write(() => updateTerminalSeen(sql, terminalId, at)),
  loadTerminals: () => sql.read(() => selectTerminals(sql)),
  findTerminalByTokenHash: (tokenHash) => sql.read(() => selectTerminalByToken(sql, tokenHash)),
  saveAudit: (entry) => sql.write(() => insertAudit(sql, entry)),
  listAudit: (query) => sql.read(() => selectAuditPage(sql, query)),
  loadAuditFacets: () => sql.read(() => selectAuditFacets(sql)),
  findPurgeable: (before) => sql.read(() => selectPurgeable(sql, before)),
  purgeOrders: (orderIds, audit) => purgeOrders(sql, orderIds, audit),
  eraseUser: (userId, audit, options) => eraseUser(sql, userId, audit, options),
  findUnreported: (before) => sql.read(() => selectUnreported(sql, before)),
  findStrayPapers: (documentIds) => sql.read(() => selectStrayPapers(sql, documentIds)),
  findOrdersOfUsers: (userIds) => sql.read(() => selectOrdersOfUsers(sql, userIds)),
  findUsersByEmail: (emailToken) => sql.read(() => selectUsersByEmail(sql, emailToken)),
  rewrapSealed: (rewrap, audit) => rewrapSealed(sql, rewrap, audit),
  loadErasures: () => sql.read(() => selectErasures(sql)),
})
