/** Systems that trust a certificate each in their own way. */
export const systems = ['ipados', 'android', 'windows', 'other'] as const
export type System = (typeof systems)[number]

/** Which one a browser runs on. iPads say that they are Macs; a Mac has no touch screen. */
export function systemOf(userAgent: string, touchPoints: number): System {
  if (/iPad|iPhone|iPod/.test(userAgent)) return 'ipados'
  if (/Android/.test(userAgent)) return 'android'
  if (/Windows/.test(userAgent)) return 'windows'
  return /Macintosh/.test(userAgent) && touchPoints > 1 ? 'ipados' : 'other'
}
