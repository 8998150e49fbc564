/** What the window may ask for over its one channel. */
export type WindowRequest =
  | { readonly kind: 'call'; readonly operation: string; readonly input: unknown; readonly job: string }
  | { readonly kind: 'cancel'; readonly job: string }
  | { readonly kind: 'who-am-i' }
  | { readonly kind: 'open-document'; readonly documentId: string }
  | { readonly kind: 'open-packing' }
  | { readonly kind: 'desktop-state' }
  | { readonly kind: 'update-look' | 'update-take' }
  | { readonly kind: 'desktop-save'; readonly settings: unknown }

export const requestChannel = 'backroom:request'
export const eventChannel = 'backroom:event'
export const commandChannel = 'backroom:command'
