/** What a product photo may be at most: a screen shows no more of it, and 50,000 of them stay below 3 GB. */
export const photoLimits = { sidePx: 640, bytes: 60_000 } as const
