/** What the window may ask for over its one channel. */
export type WindowRequest =
  | { readonly kind: 'call'; readonly operation: string; readonly input: unknown; readonly job: string }
  | { readonly kind: 'cancel'; readonly job: string }
  | { readonly kind: 'who-am-i' }
  | { readonly kind: 'open-document'; readonly documentId: string }

export const requestChannel = 'backroom:request'
export const eventChannel = 'backroom:event'
