import type { OperationName } from '../../src-main/contract/operations.ts'

/** A screen one can go to: `name` is its route, its translation under `places` and the key after `g`. */
export interface Place {
  readonly name: string
  readonly path: string
  /** Addresses of other screens that belong to this place. */
  readonly also?: readonly string[]
  readonly icon: string
  readonly shortcut: string
  /** Left out at doors that may not call this. */
  readonly needs?: OperationName
  /** Places of one group stand together; a gap parts them from the next. */
  readonly group: number
}

/** The day's work in its order, what it is done with, what came of it, the shop itself. */
const groups: readonly (readonly Omit<Place, 'group'>[])[] = [
  [
    { name: 'today', path: '/', icon: 'i-lucide-sun', shortcut: 't' },
    { name: 'orders', path: '/orders', also: ['/new-order', '/collect', '/invoices'], icon: 'i-lucide-inbox', shortcut: 'o' }, // prettier-ignore
    { name: 'waves', path: '/waves', also: ['/plan-wave'], icon: 'i-lucide-waves', shortcut: 'w' },
    { name: 'pick', path: '/pick', icon: 'i-lucide-footprints', shortcut: 'p' },
    { name: 'pack', path: '/pack', icon: 'i-lucide-package', shortcut: 'k', needs: 'pack.confirm' },
    { name: 'dispatch', path: '/dispatch', icon: 'i-lucide-truck', shortcut: 'd', needs: 'manifests.list' },
    { name: 'returns', path: '/returns', icon: 'i-lucide-package-open', shortcut: 'e', needs: 'returns.find' },
  ],
  [
    { name: 'catalogue', path: '/catalogue', icon: 'i-lucide-tags', shortcut: 'c' },
    { name: 'cartons', path: '/cartons', icon: 'i-lucide-box', shortcut: 'b', needs: 'cartons.save' },
    { name: 'floor', path: '/floor', icon: 'i-lucide-map', shortcut: 'f', needs: 'floor.save' },
    { name: 'couriers', path: '/couriers', icon: 'i-lucide-key-round', shortcut: 'u', needs: 'couriers.list' },
    { name: 'storefronts', path: '/storefronts', icon: 'i-lucide-globe', shortcut: 'a', needs: 'storefronts.log' },
  ],
  [
    { name: 'reports', path: '/reports', icon: 'i-lucide-chart-column', shortcut: 'm', needs: 'reports.work' },
    { name: 'activity', path: '/activity', icon: 'i-lucide-scroll-text', shortcut: 'l', needs: 'audit.list' },
  ],
  [
    { name: 'devices', path: '/devices', icon: 'i-lucide-scan-barcode', shortcut: 'v' },
    { name: 'printing', path: '/printing', icon: 'i-lucide-printer', shortcut: 'r', needs: 'printers.save' },
    { name: 'stations', path: '/stations', icon: 'i-lucide-tablet-smartphone', shortcut: 'n', needs: 'stations.state' },
    { name: 'privacy', path: '/privacy', icon: 'i-lucide-shield-check', shortcut: 'y', needs: 'keys.state' },
    { name: 'settings', path: '/settings', icon: 'i-lucide-settings', shortcut: 's', needs: 'settings.save' },
  ],
]

/** In the order of a day's work. */
export const places: readonly Place[] = groups.flatMap((all, group) => all.map((place) => ({ ...place, group })))
