/** What a picker or packer can say with the scanner alone: codes of the sheet, which no product has. */
export const scanCommands = ['yes', 'no', 'short', 'later', 'one', 'again'] as const
export type ScanCommand = (typeof scanCommands)[number]

/** Letters alone: every keyboard layout has them, and Code 128 keeps them short. */
export const codeOfCommand = (command: ScanCommand): string => `BACKROOM${command.toUpperCase()}`

const commandByCode: ReadonlyMap<string, ScanCommand> = new Map(
  scanCommands.map((command) => [codeOfCommand(command), command]),
)

/** Undefined for everything that is no command. */
export const commandOf = (code: string): ScanCommand | undefined => commandByCode.get(code)
