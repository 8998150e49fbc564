/** Where the thing of an entry is looked at; undefined for what has no screen of its own. */
export function linkOf(entry: { readonly entity: string; readonly entityId: string }): string | undefined {
  const id = encodeURIComponent(entry.entityId)
  switch (entry.entity) {
    case 'order':
      return `/orders/${id}`
    case 'parcel':
      // The order's code and the parcel's letters: 231-07B.
      return /^\d{3}-\d+[A-Z]+$/.test(entry.entityId)
        ? `/orders/${encodeURIComponent(entry.entityId.replace(/[A-Z]+$/, ''))}`
        : undefined
    case 'wave':
      return `/waves/${id}`
    case 'invoice':
    case 'invoices':
      return '/invoices'
    case 'manifest':
      return '/dispatch'
    case 'carrier':
      return '/couriers'
    case 'carton':
      return '/cartons'
    case 'product':
    case 'catalogue':
    case 'import':
      return '/catalogue'
    case 'floor':
      return '/floor'
    case 'printer':
      return '/printing'
    case 'backup':
    case 'keys':
      return '/privacy'
    default:
      return undefined
  }
}
