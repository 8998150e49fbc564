/**
 * Line ends and other controls (with them anybody could add a header), and signs that turn or hide what stands
 * beside them (bidirectional overrides, invisible signs, line and paragraph separators).
 */
const unsafe = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu

/** A text of unknown origin as one harmless line. */
export const oneLine = (text: string): string => text.replace(unsafe, ' ').replace(/ {2,}/g, ' ').trim()
