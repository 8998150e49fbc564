/**
 * Where orders taken at the counter and on the phone come from: a storefront of our own that has no address and no
 * token. Nobody polls it and nothing is reported to it.
 */
export const counterConnectionId = 'counter'
export const counterPlatform = 'counter'

/** Where orders of files come from: a storefront that only hands over files. Nobody polls it either. */
export const filePlatform = 'file'

/** True for the counter and for files of orders; everything that asks the world passes them over. */
export const isCounter = ({ platform }: { readonly platform: string }): boolean =>
  platform === counterPlatform || platform === filePlatform
