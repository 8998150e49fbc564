import { language } from './texts/texts.ts'

export const clockTime = (at: number): string =>
  new Date(at).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' })

export const dayAndTime = (at: number): string =>
  new Date(at).toLocaleString(language(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
