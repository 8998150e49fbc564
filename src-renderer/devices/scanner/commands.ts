/**
 * What a picker or packer can say with the scanner alone: codes of the sheet, which no product has. The sheet hangs on
 * walls: a command keeps its place in this list for ever.
 */
export const scanCommands = ['yes', 'no', 'short', 'later', 'one', 'again'] as const
export type ScanCommand = (typeof scanCommands)[number]

/** Signs that every keyboard layout has, and few of them: then a screen can show the code, not only paper. */
export const codeOfCommand = (command: ScanCommand): string => `BRX${scanCommands.indexOf(command) + 1}`

const commandByCode: ReadonlyMap<string, ScanCommand> = new Map(
  scanCommands.map((command) => [codeOfCommand(command), command]),
)

/** Undefined for everything that is no command. */
export const commandOf = (code: string): ScanCommand | undefined => commandByCode.get(code)
