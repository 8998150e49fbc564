import { language } from './texts/texts.ts'

/** The browser's own country where it speaks the language chosen: 16:30 in Britain, 4:30 pm in America. */
const locale = (): string => navigator.languages.find((tag) => tag.split('-')[0] === language()) ?? language()

export const clockTime = (at: number): string =>
  new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' })

export const dayAndTime = (at: number): string =>
  new Date(at).toLocaleString(locale(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
