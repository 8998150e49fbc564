import { commonOptions, type Command, type Option } from './arguments.ts'

/** All commands, a line each; or the one that the words begin with, and its options. */
export function helpText(commands: readonly Command[], words: readonly string[]): string {
  const [first = '', second = ''] = words
  const command =
    commands.find((candidate) => candidate.name === `${first} ${second}`) ??
    commands.find((candidate) => candidate.name === first)
  if (command) {
    const lines = Object.entries({ ...command.options, ...commonOptions }).map(
      ([option, { help }]: [string, Option]) => `  --${option.padEnd(18)} ${help}`,
    )
    return [`backroom ${command.name} ${command.words}`, '', `  ${command.help}`, '', ...lines, ''].join('\n')
  }
  const width = Math.max(...commands.map((candidate) => `${candidate.name} ${candidate.words}`.length))
  const lines = commands.map(
    (candidate) => `  ${`${candidate.name} ${candidate.words}`.padEnd(width)}  ${candidate.help}`,
  )
  return [
    'backroom <command> [options]',
    '',
    ...lines,
    '',
    'backroom help <command> shows its options. Exit codes: 0 done, 1 our bug, 2 bad input, 3 the world, 130 cancelled.',
    '',
  ].join('\n')
}
