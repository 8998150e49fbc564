import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import wasmAddress from 'zxing-wasm/writer/zxing_writer.wasm?url'

// The encoder lies beside the screens; loaded with the sheet, not with the screen.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } })

/** A Code 128 as an SVG, black on white, to be read from a screen or from paper. Empty for what it cannot hold. */
export async function drawCode(text: string): Promise<string> {
  const { svg } = await writeBarcode(text, { format: 'Code128', scale: 2, addQuietZones: true })
  return svg
}
