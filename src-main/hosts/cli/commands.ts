import type { Command } from './arguments.ts'
import { careCommands } from './commands/care.ts'
import { cartonCommands } from './commands/cartons.ts'
import { counterCommands } from './commands/counter.ts'
import { courierCommands } from './commands/couriers.ts'
import { dispatchCommands } from './commands/dispatch.ts'
import { documentCommands } from './commands/documents.ts'
import { fileCommands } from './commands/files.ts'
import { formatCommands } from './commands/formats.ts'
import { floorCommands } from './commands/floor.ts'
import { invoiceCommands } from './commands/invoices.ts'
import { keyCommands } from './commands/keys.ts'
import { keepingCommands } from './commands/keeping.ts'
import { measureCommands } from './commands/measures.ts'
import { orderCommands } from './commands/orders.ts'
import { parcelCommands } from './commands/parcels.ts'
import { photoCommands } from './commands/photos.ts'
import { planWaveCommands } from './commands/plan-wave.ts'
import { printingCommands } from './commands/printing.ts'
import { ownLabelCommands } from './commands/own-labels.ts'
import { reportCommands } from './commands/reports.ts'
import { returnCommands } from './commands/returns.ts'
import { sampleCommands } from './commands/sample.ts'
import { sealedCommands } from './commands/sealed.ts'
import { sealingCommands } from './commands/sealing.ts'
import { serveCommands } from './commands/serve.ts'
import { shopCommands } from './commands/shop.ts'
import { stationCommands } from './commands/stations.ts'
import { storefrontCommands } from './commands/storefronts.ts'

/** Every command of the command line, in the order of the line of work. `call` reaches every operation there is. */
export const commands: readonly Command[] = [
  ...shopCommands,
  ...sampleCommands,
  ...floorCommands,
  ...storefrontCommands,
  ...fileCommands,
  ...measureCommands,
  ...parcelCommands,
  ...photoCommands,
  ...orderCommands,
  ...planWaveCommands,
  ...cartonCommands,
  ...careCommands,
  ...counterCommands,
  ...documentCommands,
  ...dispatchCommands,
  ...ownLabelCommands,
  ...returnCommands,
  ...printingCommands,
  ...invoiceCommands,
  ...reportCommands,
  ...courierCommands,
  ...sealingCommands,
  ...sealedCommands,
  ...keepingCommands,
  ...keyCommands,
  ...stationCommands,
  ...serveCommands,
  ...formatCommands,
]
