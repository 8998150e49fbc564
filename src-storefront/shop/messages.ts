/** What a customer is told outside the pages, by whatever way the shop has; never holds a password or a whole link. */
export type CustomerMessage =
  /** Somebody opened a second account with this address: perhaps its owner, who forgot the first. */
  | { readonly kind: 'second-account'; readonly userId: string; readonly email: string; readonly locale: string }
  | { readonly kind: 'password-changed'; readonly userId: string; readonly email: string; readonly locale: string }
