import { safeStorage } from 'electron'
import { AppError } from '../../kernel/errors.ts'
import type { KeychainStatus } from '../../domain/shop-key.ts'
import type { Keychain } from '../../ports/vault-keychain.ts'

/**
 * The keychain of the user who opened the window, through Electron's asynchronous safeStorage. On Linux Electron also
 * says yes where it would only scramble with a key that everybody knows (`basic_text`): that is no keychain.
 */
export const electronKeychain = (platform: NodeJS.Platform): Keychain => ({
  status: () => statusOf(platform),
  async protect(secret) {
    const { isAvailable, backend, lack } = await statusOf(platform)
    if (!isAvailable) throw new AppError('ERR_KEYCHAIN_MISSING', { backend, lack })
    return (await safeStorage.encryptStringAsync(secret)).toString('base64')
  },
  async reveal(held) {
    if (!(await statusOf(platform)).isAvailable) return undefined
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(held, 'base64'))
      return { secret: result, shouldRenew: shouldReEncrypt }
    } catch {
      // Another user's, another machine's, or damaged: Electron tells no more.
      return undefined
    }
  },
})

async function statusOf(platform: NodeJS.Platform): Promise<KeychainStatus> {
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system'
  if (backend === 'basic_text') return { isAvailable: false, backend, lack: 'plain-text' }
  if (backend === 'unknown') return { isAvailable: false, backend, lack: 'unknown-backend' }
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { isAvailable: false, backend, lack: 'locked' }
  return { isAvailable: true, backend }
}
