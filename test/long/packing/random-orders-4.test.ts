import { judgeShard } from './random-orders.ts'

judgeShard(4)
