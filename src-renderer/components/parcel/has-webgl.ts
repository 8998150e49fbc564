let answer: boolean | undefined

/** True when the browser can turn solids; asked once, and the context given back at once. */
export function hasWebGl(): boolean {
  if (answer === undefined) {
    const context = document.createElement('canvas').getContext('webgl2')
    context?.getExtension('WEBGL_lose_context')?.loseContext()
    answer = context !== null
  }
  return answer
}

/** Lost for good: drawings from now on. */
export const forgetWebGl = (): void => void (answer = false)
