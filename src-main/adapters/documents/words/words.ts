import type { HandlingMark } from '../../../domain/catalogue.ts'
import type { Service } from '../../../domain/order.ts'

/** Everything our paper says by itself. `{n}` and the like are filled in by `said`. */
export interface Words {
  readonly pickSheet: string
  readonly packingSlip: string
  readonly runSheet: string
  readonly wave: string
  readonly tour: string
  readonly tourOf: string
  readonly issued: string
  readonly start: string
  readonly end: string
  readonly floorTitle: string
  readonly totes: string
  readonly tote: string
  readonly stops: string
  readonly location: string
  readonly product: string
  readonly quantity: string
  readonly order: string
  readonly parcels: string
  readonly parcel: string
  readonly parcelOf: string
  readonly lot: string
  readonly ownBox: string
  readonly grossOf: string
  readonly volumeOf: string
  readonly byVolume: string
  readonly parcelTitle: string
  readonly sealedForCounter: string
  readonly sealedTooLong: string
  /** `{signs}`: code points that are printed by name. */
  readonly noFont: string
  /** Across a paper that is no longer in force. */
  readonly withdrawn: string
  readonly withdrawnHint: string
  readonly versionOf: string
  readonly inDrawing: string
  readonly page: string
  readonly greeting: string
  readonly pieceOf: string
  /** `{at}`: day and time. */
  readonly addressAsOf: string
  readonly gross: string
  readonly net: string
  readonly sender: string
  readonly deliveryStop: string
  readonly labelNotSealed: string
  readonly sealedHint: string
  readonly manifest: string
  readonly courier: string
  readonly collectionDay: string
  readonly weight: string
  readonly window: string
  readonly routing: string
  readonly sequence: string
  readonly route: string
  readonly routeTitle: string
  readonly shop: string
  readonly handedOver: string
  readonly takenOver: string
  readonly nameDateSignature: string
  readonly notSealed: string
  readonly phone: string
  readonly walk: string
  readonly minutesWord: string
  readonly stopsWord: string
  readonly piecesOf: string
  readonly pieces: string
  readonly orders: string
  readonly totesWord: string
  readonly aisle: string
  /** `{v}`: this version, `{o}`: the one it takes the place of. */
  readonly replaces: string
  readonly sealingOff: string
  readonly numbersTell: string
  readonly contents: string
  readonly slipParcel: string
  readonly wholeOrder: string
  readonly otherParcels: string
  readonly otherParcelsHint: string
  readonly lookInto: string
  readonly sendBack: string
  readonly kilometres: string
  readonly handedOverCount: string
  readonly marks: { readonly [mark in HandlingMark]: string }
  readonly services: { readonly [service in Service]: string }
}
