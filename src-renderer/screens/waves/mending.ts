import type { OperationName, OutputOf } from '../../../src-main/contract/operations.ts'

type Reason = OutputOf<'waves.preview'>['unplanned'][number]['reasons'][number]

/** Where somebody mends what keeps an order from being planned, and what they must be allowed to do there. */
export interface Mending {
  /** Its words are `mend.<what>`. */
  readonly what: 'measure' | 'carton' | 'courier' | 'stock' | 'import' | 'order'
  readonly to: string
  readonly icon: string
  readonly needs: OperationName
}

const places = {
  measure: { to: '/catalogue?view=worklist', icon: 'i-lucide-ruler', needs: 'catalogue.measure' },
  import: { to: '/catalogue?import', icon: 'i-lucide-file-up', needs: 'catalogue.import' },
  carton: { to: '/cartons?add', icon: 'i-lucide-box', needs: 'cartons.save' },
  courier: { to: '/couriers', icon: 'i-lucide-truck', needs: 'couriers.list' },
  stock: { to: '/reports', icon: 'i-lucide-package-x', needs: 'reports.work' },
} as const satisfies Readonly<Record<Exclude<Mending['what'], 'order'>, Omit<Mending, 'what'>>>

function whatMends({ code, facts }: Reason): Mending['what'] {
  if (code === 'missing-measures') return 'measure'
  if (code === 'unknown-sku') return 'import'
  if (code === 'stock-short') return 'stock'
  if (code === 'no-carrier') return 'courier'
  if (code !== 'unpackable') return 'order'
  switch (facts['reason']) {
    case 'too-long':
    case 'too-heavy':
      // Without a carton it is the courier's own limit; with one, and its outside, that of every carton that is there.
      return facts['carton'] === undefined || facts['of'] === 'carton' ? 'courier' : 'carton'
    case 'too-much-volume':
    case 'no-insulated-carton':
    case 'no-carton-left':
      return 'carton'
    default:
      return 'order'
  }
}

/** One way for each place, in the order of the reasons. What can only be decided about the order leads to the order. */
export function mendingOf(order: {
  readonly orderCode: string
  readonly reasons: readonly Reason[]
}): readonly Mending[] {
  return [...new Set(order.reasons.map(whatMends))].map((what) =>
    what === 'order'
      ? { what, to: `/orders/${order.orderCode}`, icon: 'i-lucide-file-text', needs: 'orders.get' }
      : { what, ...places[what] },
  )
}
