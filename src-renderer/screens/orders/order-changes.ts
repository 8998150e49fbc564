/** What can be changed of an order that needs a look at what follows first. */
export type OrderChangeKind = 'cancel' | 'hold' | 'address' | 'split' | 'merge' | 'sendRest'

/** In the order in which a shop needs them; cancelling comes last. */
export const orderChangeKinds: readonly OrderChangeKind[] = ['hold', 'address', 'split', 'merge', 'sendRest', 'cancel']

export const orderChangeIcons: Readonly<Record<OrderChangeKind, string>> = {
  hold: 'i-lucide-pause',
  address: 'i-lucide-map-pin',
  split: 'i-lucide-split',
  merge: 'i-lucide-merge',
  sendRest: 'i-lucide-package-plus',
  cancel: 'i-lucide-ban',
}
