/** A space at which no line ends. */
const noBreakSpace = '\u00a0'

/** An amount that stays on one line: `2.4 kg`, `300 × 200 × 80 mm`. Nothing but its spaces changes. */
export const unbroken = (amount: string): string => amount.replaceAll(' ', noBreakSpace)

/** A text in which each number keeps the word after it on its line: `40 sec ago` with only its last space as it was. */
export const unbrokenAmounts = (text: string): string => text.replace(/(?<=\d) (?=[\p{L}%])/gu, noBreakSpace)
