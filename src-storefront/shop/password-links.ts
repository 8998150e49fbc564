import { createHash, createHmac } from 'node:crypto'
import type { StorefrontKeys } from '../sealing/key-file.ts'

/**
 * 256 bits that only the shop's key can make. The same for the same mail and account, so that a mail which is sent once
 * more carries the link it had; of the token only the hash is stored.
 */
export const passwordToken = (keys: StorefrontKeys, messageId: string, userId: string): string =>
  createHmac('sha256', keys.onceLinks).update(`password ${messageId} ${userId}`).digest('base64url')

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

export const passwordPath = (token: string): string => `/password/reset?token=${token}`
