/** Why a refused report is laid aside. In a file of its own: the screens list the reasons and load no schemas. */
export const dismissals = ['told-otherwise', 'no-longer-true', 'storefront-gone'] as const
