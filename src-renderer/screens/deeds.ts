import type { OperationName } from '../../src-main/contract/operations.ts'

/** Something a person may want to do: `name` is its text under `deeds`; `path` is where it is done. */
export interface Deed {
  readonly name: string
  readonly icon: string
  readonly path: string
  /** What it comes to. Left out at doors that may not call the first of them. */
  readonly operations: readonly [OperationName, ...OperationName[]]
}

/** Every deed of the operations table that a person does by hand, in the order of a day's work; Ctrl K finds them. */
export const deeds: readonly Deed[] = [
  { name: 'new-order', icon: 'i-lucide-circle-plus', path: '/new-order', operations: ['orders.place'] },
  { name: 'plan-wave', icon: 'i-lucide-play', path: '/plan-wave', operations: ['waves.plan', 'waves.run'] },
  { name: 'replan-wave', icon: 'i-lucide-rotate-ccw', path: '/waves', operations: ['waves.replan'] },
  { name: 'issue-papers', icon: 'i-lucide-file-text', path: '/waves', operations: ['waves.issue-documents', 'waves.issue-labels'] },
  { name: 'hold-order', icon: 'i-lucide-circle-pause', path: '/orders', operations: ['orders.hold', 'orders.release', 'orders.keep', 'orders.take-over'] },
  { name: 'change-address', icon: 'i-lucide-map-pin', path: '/orders', operations: ['orders.change-address', 'orders.recipient'] },
  { name: 'split-order', icon: 'i-lucide-split', path: '/orders', operations: ['orders.split', 'orders.merge', 'orders.send-rest'] },
  { name: 'cancel-order', icon: 'i-lucide-circle-x', path: '/orders', operations: ['orders.cancel', 'orders.undo'] },
  { name: 'collect', icon: 'i-lucide-shopping-bag', path: '/collect', operations: ['counter.hand-over', 'counter.return'] },
  { name: 'pick', icon: 'i-lucide-footprints', path: '/pick', operations: ['pick.confirm', 'pick.short', 'waves.substitute', 'tours.claim', 'tours.release'] },
  { name: 'pack', icon: 'i-lucide-package', path: '/pack', operations: ['pack.confirm', 'pack.open-recipient'] },
  { name: 'hand-over', icon: 'i-lucide-truck', path: '/dispatch', operations: ['manifests.close', 'manifests.hand-over'] },
  { name: 'courier-files', icon: 'i-lucide-file-input', path: '/dispatch', operations: ['status.import', 'receipts.import'] },
  { name: 'own-labels', icon: 'i-lucide-sticker', path: '/dispatch', operations: ['couriers.set-own-labels', 'couriers.write-upload', 'couriers.take-labels'] },
  { name: 'courier-channel', icon: 'i-lucide-send', path: '/dispatch', operations: ['couriers.set-channel', 'mail.save', 'mail.check', 'mail.forget'] },
  { name: 'take-return', icon: 'i-lucide-package-open', path: '/returns', operations: ['returns.take', 'returns.undo'] },
  { name: 'report-parcel', icon: 'i-lucide-package-x', path: '/orders', operations: ['parcels.report', 'parcels.send-again'] },
  { name: 'invoices', icon: 'i-lucide-receipt-text', path: '/invoices', operations: ['invoices.issue', 'invoices.cancel', 'invoices.configure', 'invoices.issue-due'] },
  { name: 'import-catalogue', icon: 'i-lucide-file-up', path: '/catalogue', operations: ['files.import-catalogue', 'files.undo-import', 'files.forget-mapping', 'catalogue.import'] },
  { name: 'import-orders', icon: 'i-lucide-file-up', path: '/catalogue?import=1', operations: ['files.import-orders', 'files.export-orders'] },
  { name: 'measure-product', icon: 'i-lucide-ruler', path: '/catalogue', operations: ['catalogue.measure', 'catalogue.confirm-measures', 'catalogue.estimate'] },
  { name: 'product-photo', icon: 'i-lucide-camera', path: '/catalogue', operations: ['products.photo-set', 'products.photo-remove'] },
  { name: 'cartons', icon: 'i-lucide-box', path: '/cartons', operations: ['cartons.save', 'cartons.remove', 'cartons.import'] },
  { name: 'draw-floor', icon: 'i-lucide-map', path: '/floor', operations: ['floor.save', 'floor.import'] },
  { name: 'courier-keys', icon: 'i-lucide-key-round', path: '/couriers', operations: ['couriers.add-key', 'couriers.compare-key', 'couriers.set-validity', 'couriers.revoke-key', 'couriers.renew-labels', 'couriers.test-label'] },
  { name: 'courier-terms', icon: 'i-lucide-hand-coins', path: '/couriers', operations: ['couriers.set-terms'] },
  { name: 'sealing', icon: 'i-lucide-lock', path: '/couriers', operations: ['sealing.change', 'sealing.reissue'] },
  { name: 'print-again', icon: 'i-lucide-printer', path: '/printing', operations: ['print.documents', 'print.cancel', 'print.waiting'] },
  { name: 'printers', icon: 'i-lucide-printer', path: '/printing', operations: ['printers.save', 'printers.use', 'printers.remove', 'printers.test', 'printers.program'] },
  { name: 'storefronts', icon: 'i-lucide-store', path: '/storefronts', operations: ['storefronts.connect', 'storefronts.options', 'storefronts.pause', 'storefronts.resume', 'storefronts.disconnect'] },
  { name: 'sync', icon: 'i-lucide-refresh-cw', path: '/', operations: ['storefronts.sync', 'storefronts.push-stock', 'outbox.retry', 'outbox.dismiss', 'reports.deliver'] },
  { name: 'stations', icon: 'i-lucide-tablet-smartphone', path: '/stations', operations: ['stations.open-network', 'stations.close-network', 'stations.set-lock', 'terminals.offer', 'terminals.withdraw-offer', 'terminals.revoke'] },
  { name: 'staff', icon: 'i-lucide-users', path: '/stations/team', operations: ['staff.save', 'staff.leave', 'staff.come-back', 'staff.unlock'] },
  { name: 'backup', icon: 'i-lucide-archive', path: '/privacy/backups', operations: ['backup.create', 'backup.verify', 'backup.configure', 'backup.lay-ready'] },
  { name: 'shop-key', icon: 'i-lucide-shield-check', path: '/privacy/keys', operations: ['keys.unlock', 'keys.add', 'keys.remove', 'keys.set-passphrase', 'keys.new-recovery-key', 'keys.rotate'] },
  { name: 'forget', icon: 'i-lucide-eraser', path: '/privacy/forgetting', operations: ['privacy.find', 'privacy.export', 'privacy.erase', 'privacy.purge', 'privacy.purge-unreported', 'privacy.configure'] },
  { name: 'shop', icon: 'i-lucide-store', path: '/settings', operations: ['settings.save', 'shop.remove-sample', 'couriers.import', 'postcodes.import'] },
] // prettier-ignore
