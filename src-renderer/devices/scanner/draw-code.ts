import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import wasmAddress from 'zxing-wasm/writer/zxing_writer.wasm?url'

// The encoder lies beside the screens; loaded with the sheet, not with the screen.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } })

/** Dots of a screen for the narrowest bar. */
const dots = 2

/** A Code 128 as an SVG, black on white, to be read from a screen or from paper. Empty for what it cannot hold. */
export async function drawCode(text: string): Promise<string> {
  const { svg } = await writeBarcode(text, { format: 'Code128', scale: 1, addQuietZones: true })
  // Without the heading of a file; its bars as wide as whole dots of a screen, and smaller where there is no room.
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(
      /^<svg width="(\d+)" height="(\d+)"/,
      (_, width: string, height: string) =>
        `<svg width="${Number(width) * dots}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"`,
    )
}
