import type { Json } from './json.ts'

/**
 * Every way in which a promise can break, one name each, never renamed. The door that meets an
 * AppError turns the code into a sentence for people and into an exit code (see exitCodeOf).
 */
export type ErrorCode =
  // bad input: exit 2
  | 'ERR_INPUT_INVALID'
  | 'ERR_INPUT_NOT_JSON'
  | 'ERR_INPUT_TOO_LARGE'
  | 'ERR_CSV_INVALID'
  | 'ERR_FILE_NOT_TABLE'
  | 'ERR_IMPORT_NOT_FOUND'
  | 'ERR_IMPORT_NOT_UNDOABLE'
  | 'ERR_COMMAND_UNKNOWN'
  | 'ERR_ORDER_NOT_FOUND'
  | 'ERR_WAVE_NOT_FOUND'
  | 'ERR_PARCEL_NOT_FOUND'
  | 'ERR_MANIFEST_NOT_FOUND'
  | 'ERR_CARRIER_NOT_FOUND'
  | 'ERR_PRODUCT_NOT_FOUND'
  | 'ERR_PHOTO_NOT_USABLE'
  | 'ERR_CARTON_NOT_FOUND'
  | 'ERR_CARTON_PROMISED'
  | 'ERR_ORDERS_NONE'
  | 'ERR_USER_NOT_FOUND'
  | 'ERR_DOCUMENT_NOT_FOUND'
  | 'ERR_STOREFRONT_NOT_FOUND'
  | 'ERR_STAFF_NOT_FOUND'
  | 'ERR_PAIRING_CODE'
  | 'ERR_CONFIRMATION_NEEDED'
  | 'ERR_STATUS_NOT_ALLOWED'
  | 'ERR_WAVE_STAGE'
  | 'ERR_WAVE_STALE'
  | 'ERR_WAVE_EMPTY'
  | 'ERR_PICK_WRONG_PRODUCT'
  | 'ERR_PICK_TOO_MANY'
  | 'ERR_PICK_WRONG_LOT'
  | 'ERR_PICK_EXPIRED'
  | 'ERR_PACK_WRONG_PRODUCT'
  | 'ERR_PACK_WEIGHT'
  | 'ERR_STOCK_SHORT'
  | 'ERR_FLOOR_LOCATION_UNKNOWN'
  | 'ERR_FLOOR_LOCATION_OUTSIDE'
  | 'ERR_FLOOR_CHANGED_MEANWHILE'
  | 'ERR_FLOOR_STOCK_LEFT'
  | 'ERR_MANIFEST_CLOSED'
  | 'ERR_MESSAGE_NOT_FOUND'
  | 'ERR_MESSAGE_SETTLED'
  | 'ERR_CHANGE_TOO_LATE'
  | 'ERR_MANIFEST_EMPTY'
  | 'ERR_SEALED_BLOCK_INVALID'
  | 'ERR_SEALED_BLOCK_FOREIGN'
  | 'ERR_SEALED_BLOCK_EXPIRED'
  | 'ERR_SEALED_BLOCK_MOVED'
  | 'ERR_SEALED_TOO_LONG'
  | 'ERR_PARCEL_NUMBERS_USED_UP'
  | 'ERR_COURIER_KEY_INVALID'
  | 'ERR_STATUS_FILE_INVALID'
  | 'ERR_STATUS_FILE_REPLAYED'
  | 'ERR_RECEIPT_INVALID'
  | 'ERR_MANIFEST_RECEIVED'
  | 'ERR_CARRIER_LABELS_OFF'
  | 'ERR_PLAIN_UPLOAD_REFUSED'
  | 'ERR_UPLOAD_PROFILE_UNKNOWN'
  | 'ERR_UPLOAD_INVALID'
  | 'ERR_BACKUP_INVALID'
  | 'ERR_LAST_WAY_IN'
  | 'ERR_MAIL_OFF'
  | 'ERR_ORDER_SHORT'
  | 'ERR_NOT_TO_COLLECT'
  | 'ERR_INVOICE_NOT_FOUND'
  | 'ERR_INVOICE_EXISTS'
  | 'ERR_INVOICE_CANCELLED'
  | 'ERR_INVOICE_NOT_POSSIBLE'
  | 'ERR_RETURN_TOO_MANY'
  | 'ERR_RETURN_TOLD'
  | 'ERR_UNDO_OVER'
  | 'ERR_UNDO_CHANGED'
  | 'ERR_PARCEL_NOT_NAMED'
  | 'ERR_ORDER_PURGED'
  | 'ERR_ORDER_HELD'
  | 'ERR_SPLIT_WHOLE'
  | 'ERR_MERGE_APART'
  | 'ERR_CONSENT_NEEDED'
  | 'ERR_SUBSTITUTE_UNFIT'
  | 'ERR_PRINTER_NOT_FOUND'
  | 'ERR_PRINTER_NOT_CHOSEN'
  | 'ERR_PRINTER_UNFIT'
  | 'ERR_PRINT_SIZE'
  | 'ERR_PRINT_KIND'
  | 'ERR_PRINT_WITHDRAWN'
  | 'ERR_PRINT_JOB_NOT_FOUND'
  | 'ERR_PRINT_JOB_SETTLED'
  | 'ERR_SHOP_NOT_SAMPLE'
  // the world: exit 3
  | 'ERR_PRINT_FAILED'
  | 'ERR_COURIER_KEY_MISSING'
  | 'ERR_COURIER_TOKEN_MISSING'
  | 'ERR_SHOP_KEY_MISSING'
  | 'ERR_KEYCHAIN_MISSING'
  | 'ERR_BACKUP_FAILED'
  | 'ERR_SHOP_NOT_INITIALISED'
  | 'ERR_STORE_NEWER'
  | 'ERR_STORE_DAMAGED'
  | 'ERR_STORE_LOCKED'
  | 'ERR_STOREFRONT_UNREACHABLE'
  | 'ERR_STOREFRONT_REFUSED'
  | 'ERR_STOREFRONT_ANSWER'
  | 'ERR_COURIER_UNREACHABLE'
  | 'ERR_DISK'
  | 'ERR_PORT_UNAVAILABLE'
  | 'ERR_PLANNER_FAILED'
  | 'ERR_NOT_PAIRED'
  | 'ERR_STATION_NETWORK_CLOSED'
  | 'ERR_SIGN_IN_NEEDED'
  | 'ERR_NOT_ALLOWED'
  | 'ERR_TOO_MANY_TRIES'
  | 'ERR_SERVER_UNREACHABLE'
  | 'ERR_MAIL_FAILED'
  // cancelled: exit 130
  | 'ERR_CANCELLED'
  // ours: exit 1
  | 'ERR_INTERNAL'

export type ErrorDetails = { readonly [key: string]: Json | undefined }

/** Thrown when a promise is broken. `details` are facts for a sentence, never personal data, never prose. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

/** For the end of a switch over a union: a new member fails to compile here. */
export function assertNever(value: never): never {
  throw new AppError('ERR_INTERNAL', { unexpected: String(value) })
}

const worldCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_PRINT_FAILED',
  'ERR_COURIER_KEY_MISSING',
  'ERR_COURIER_TOKEN_MISSING',
  'ERR_SHOP_KEY_MISSING',
  'ERR_KEYCHAIN_MISSING',
  'ERR_BACKUP_FAILED',
  'ERR_SHOP_NOT_INITIALISED',
  'ERR_STORE_NEWER',
  'ERR_STORE_DAMAGED',
  'ERR_STORE_LOCKED',
  'ERR_STOREFRONT_UNREACHABLE',
  'ERR_STOREFRONT_REFUSED',
  'ERR_STOREFRONT_ANSWER',
  'ERR_COURIER_UNREACHABLE',
  'ERR_DISK',
  'ERR_PORT_UNAVAILABLE',
  'ERR_PLANNER_FAILED',
  'ERR_NOT_PAIRED',
  'ERR_STATION_NETWORK_CLOSED',
  'ERR_SIGN_IN_NEEDED',
  'ERR_NOT_ALLOWED',
  'ERR_TOO_MANY_TRIES',
  'ERR_SERVER_UNREACHABLE',
  'ERR_MAIL_FAILED',
])

/** 1 our bug, 2 bad input, 3 the world (network, disk, printer, missing key), 130 cancelled. */
export function exitCodeOf(code: ErrorCode): 1 | 2 | 3 | 130 {
  if (code === 'ERR_INTERNAL') return 1
  if (code === 'ERR_CANCELLED') return 130
  return worldCodes.has(code) ? 3 : 2
}
