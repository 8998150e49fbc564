import { auditEntry } from '../../application/audit.ts'
import { cancelOrder, getOrder, holdOrder, releaseOrder } from '../../application/change-order.ts'
import { explainOrder } from '../../application/explain-order.ts'
import { reportStatus } from '../../application/report-status.ts'
import { queryTokens } from '../../application/search-tokens.ts'
import { dismissMessage, retryMessage } from '../../application/settle-message.ts'
import { pushStockLevels, syncStorefronts } from '../../application/sync-storefront.ts'
import { questionOf } from '../../application/storefront-question.ts'
import { keepAsItIs, takeOverChange } from '../../application/take-over-change.ts'
import { waitForNews } from '../../application/wait-for-news.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { orderOperations } from '../../contract/operations/orders.ts'
import { AppError } from '../../kernel/errors.ts'
import type { ListQuery } from '../../ports/store/catalogue-store.ts'
import type { Handlers } from '../handlers.ts'
import { floorFileView, floorOrderView, orderFileView, orderView } from './views.ts'
import { openPersonal } from '../../application/open-personal.ts'

type OrderHandlers = Pick<Handlers, keyof typeof orderOperations>

export function orderHandlers(workshop: Workshop): OrderHandlers {
  return { ...listHandlers(workshop), ...changeHandlers(workshop), ...syncHandlers(workshop) }
}

type ListHandlers = Pick<
  Handlers,
  'orders.list' | 'orders.get' | 'orders.explain' | 'orders.others' | 'orders.recipient'
>

function listHandlers(workshop: Workshop): ListHandlers {
  const { store, vault, system } = workshop
  return {
    async 'orders.list'(input, caller) {
      const found = await store.listOrders(input)
      // Words on the order itself first; where nothing matches, what was typed may be a name, a town, a telephone number.
      const mayLookForPeople = input.search !== undefined && found.total === 0 && caller.source !== 'station'
      const page = mayLookForPeople
        ? await store.listOrders({ ...withoutSearch(input), tokens: queryTokens(vault, input.search ?? '') })
        : found
      const view = caller.source === 'station' ? floorOrderView : orderView
      return { total: page.total, rows: page.rows.map((row) => ({ ...row, order: view(row.order) })) }
    },
    async 'orders.get'(input, caller) {
      const file = await getOrder(store, input.order)
      const view = caller.source === 'station' ? floorFileView(file) : orderFileView(file)
      const planned = file.parcels.find((parcel) => parcel.status !== 'cancelled')
      const wave = planned && (await store.findWave(planned.waveId))
      return { ...view, proof: wave?.proofs.find((one) => one.orderId === file.order.id) }
    },
    'orders.explain': (input) => explainOrder(workshop, input.order),
    async 'orders.others'(input) {
      const { order } = await getOrder(store, input.order)
      return (await store.findOrdersOfUsers([order.userId]))
        .filter(({ id }) => id !== order.id)
        .map(({ code, status, isPartly, placedAt, lines }) => ({
          code,
          status,
          isPartly,
          placedAt,
          pieces: lines.reduce((sum, { quantity, withdrawn }) => sum + quantity - withdrawn, 0),
        }))
    },
    async 'orders.recipient'(input, caller) {
      const { order } = await getOrder(store, input.order)
      const personal = openPersonal(vault, order)
      if (!personal) throw new AppError('ERR_ORDER_NOT_FOUND', { order: order.code, missing: 'address' })
      await store.saveAudit(
        auditEntry(system, caller, { action: 'look-at-recipient', entity: 'order', entityId: order.code }),
      )
      const { recipient } = personal
      return {
        name: recipient.name,
        lines: recipient.lines,
        postcode: recipient.postcode,
        city: recipient.city,
        country: recipient.country,
        phone: recipient.phone,
      }
    },
  }
}

function withoutSearch<Query extends ListQuery>(query: Query): Omit<Query, 'search'> {
  const { search: _search, ...rest } = query
  return rest
}

type ChangeHandlers = Pick<
  Handlers,
  'orders.hold' | 'orders.release' | 'orders.cancel' | 'orders.questions' | 'orders.take-over' | 'orders.keep'
>

/** Orders on hold that are looked through for questions. */
const mostQuestions = 2000

function changeHandlers(workshop: Workshop): ChangeHandlers {
  return {
    async 'orders.hold'(input, caller) {
      await holdOrder(workshop, caller, input.order)
      return null
    },
    async 'orders.release'(input, caller) {
      await releaseOrder(workshop, caller, input.order)
      return null
    },
    async 'orders.questions'() {
      const page = await workshop.store.listOrders({ isHeld: true, offset: 0, limit: mostQuestions })
      return page.rows.flatMap(({ order }) => {
        const asked = questionOf(order)
        return asked ? [{ orderId: order.id, code: order.code, status: order.status, facts: asked.facts }] : []
      })
    },
    'orders.take-over': async (input, caller) => ({ outcome: await takeOverChange(workshop, caller, input) }),
    async 'orders.keep'(input, caller) {
      await keepAsItIs(workshop, caller, input.order)
      return null
    },
    'orders.cancel': async (input, caller) => ({ undo: await cancelOrder(workshop, caller, input) }),
  }
}

type SyncHandlers = Pick<
  Handlers,
  | 'storefronts.sync'
  | 'storefronts.push-stock'
  | 'storefronts.wait'
  | 'reports.deliver'
  | 'outbox.list'
  | 'outbox.retry'
  | 'outbox.dismiss'
>

function syncHandlers(workshop: Workshop): SyncHandlers {
  return {
    'storefronts.sync': (input, caller) => syncStorefronts(workshop, caller, { isAsked: !input.background }),
    'storefronts.push-stock': (_input, caller) => pushStockLevels(workshop, caller),
    'storefronts.wait': (input) => waitForNews(workshop, input),
    'reports.deliver': (_input, caller) => reportStatus(workshop, caller),
    async 'outbox.list'(input) {
      const page = await workshop.store.listMessages(input)
      return {
        total: page.total,
        rows: await Promise.all(
          page.rows.map(async (message) => ({
            id: message.id,
            lane: message.lane,
            state: message.state,
            kind: message.payload.kind === 'report' ? message.payload.report.kind : 'manifest',
            attempts: message.attempts,
            lastProblem: message.lastProblem,
            createdAt: message.createdAt,
            notBefore: message.notBefore,
            orderCode:
              message.payload.kind === 'report'
                ? (await workshop.store.findOrder(message.payload.report.orderId))?.order.code
                : undefined,
          })),
        ),
      }
    },
    async 'outbox.retry'(input, caller) {
      await retryMessage(workshop, caller, input.message)
      return null
    },
    async 'outbox.dismiss'(input, caller) {
      await dismissMessage(workshop, caller, input)
      return null
    },
  }
}
