import { AppError, assertNever } from '../../kernel/errors.ts'
import type { CourierDelivery, MailAccess } from '../../ports/carriers.ts'
import { findInFolder, putIntoFolder } from './folder-channel.ts'
import { postToCourier } from './https-channel.ts'
import { mailToCourier, tryMailServer } from './mail-channel.ts'

export interface CourierDeliveryOptions {
  /** Milliseconds after which a courier's silent server counts as unreachable; 15,000 by default. */
  readonly timeoutMs?: number | undefined
  /** The shop's mail server, asked for each time; undefined while the shop has none. */
  readonly mailAccess?: (() => Promise<MailAccess | undefined>) | undefined
}

/** The port `CourierDelivery`: folder or stick, HTTPS, e-mail, pick-up at the station. */
export function courierDelivery(options: CourierDeliveryOptions = {}): CourierDelivery {
  return {
    async send(channel, file) {
      if (!isPlainFileName(file.fileName)) throw new AppError('ERR_INPUT_INVALID', { reason: 'file-name' })
      switch (channel.kind) {
        case 'folder':
          return putIntoFolder(channel.path, file)
        case 'https':
          return postToCourier(channel, file, options.timeoutMs ?? 15_000)
        case 'mail': {
          const access = await options.mailAccess?.()
          if (!access) throw new AppError('ERR_COURIER_UNREACHABLE', { channel: 'mail', reason: 'mail-not-set-up' })
          return mailToCourier(channel.to, access, file)
        }
        case 'pick-up':
          return { outcome: 'waiting-for-pick-up' }
        default:
          return assertNever(channel)
      }
    },
    tryMail: tryMailServer,
    async findReceipt(channel, fileName) {
      if (channel.kind !== 'folder' || !isPlainFileName(fileName)) return undefined
      return findInFolder(channel.path, receiptNameOf(fileName))
    },
  }
}

/** `M-231-1.manifest.jwe` is answered by `M-231-1.receipt.jws` in the same folder. */
const receiptNameOf = (fileName: string): string => fileName.replace(/\.manifest\.jwe$/, '') + '.receipt.jws'

/** A name and nothing else: no way up, no hidden file, nothing that Windows reads as a device or a stream. */
const isPlainFileName = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,199}$/u.test(name)
