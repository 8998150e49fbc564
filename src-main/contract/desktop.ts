/** What only the desktop window can be asked, beside the operations: how it behaves on this machine. */

export type DesktopLanguage = 'en' | 'de' | 'ja'

/** What a person chose for this machine; kept beside the window's own files, never in the shop. */
export interface DesktopSettings {
  readonly language: DesktopLanguage
  /** Closing the window leaves the program at work in the tray. */
  readonly keepsInTray: boolean
  /** What is told by the system while nobody looks at the window. */
  /** A folder or https address with installers of newer versions; empty for none. */
  readonly updatesFrom: string
  readonly notices: { readonly orders: boolean; readonly courierFiles: boolean; readonly backups: boolean }
}

/**
 * What went wrong with the program itself and is over: `window` was loaded again, `program` was started again,
 * `background` went on. Told once.
 */
export type Mishap = 'window' | 'program' | 'background'

/** How looking for a newer version, or taking it, ended. */
export interface UpdateAnswer {
  readonly state:
    | 'no-place'
    | 'place-invalid'
    | 'unreachable'
    | 'feed-invalid'
    | 'newest'
    | 'newer'
    | 'differs'
    | 'no-backup'
    | 'laid'
  readonly version?: string | undefined
  /** Where the installer lies, for `laid`. */
  readonly path?: string | undefined
}

export interface DesktopState {
  readonly settings: DesktopSettings
  /** Where mishaps are written down, without anything personal. */
  readonly logPath: string
  /** Told to whoever asks first; the next answer has none. */
  readonly mishaps: readonly Mishap[]
  readonly version: string
}

/** What the menu, a link, a notification or a second start asks of the page. It only ever shows something. */
export type DesktopCommand =
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'commands' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'mishap' }
