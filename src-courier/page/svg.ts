/** Parsed as SVG and not written as markup: a policy without inline scripts stays whole. */
export const svgFrom = (text: string): Node =>
  document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true)
