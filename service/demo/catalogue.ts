import { attar } from './catalogue/attar.ts'
import { beauty } from './catalogue/beauty.ts'
import { books } from './catalogue/books.ts'
import { children } from './catalogue/children.ts'
import { eidGroceries } from './catalogue/eid-groceries.ts'
import { gifts } from './catalogue/gifts.ts'
import { homeTextiles } from './catalogue/home-textiles.ts'
import { jewellery } from './catalogue/jewellery.ts'
import { kitchen } from './catalogue/kitchen.ts'
import { panjabi } from './catalogue/panjabi.ts'
import { phones } from './catalogue/phones.ts'
import { sarees } from './catalogue/sarees.ts'
import { shoes } from './catalogue/shoes.ts'
import { spices } from './catalogue/spices.ts'
import { sweets } from './catalogue/sweets.ts'
import { threePiece } from './catalogue/three-piece.ts'
import type { DemoCategory } from './types.ts'

/** The shop in the week before Eid, its categories in the order of the menu: what people come for first stands first. */
export const demoCatalogue: readonly DemoCategory[] = [
  sarees,
  panjabi,
  threePiece,
  children,
  shoes,
  attar,
  jewellery,
  eidGroceries,
  spices,
  sweets,
  kitchen,
  homeTextiles,
  phones,
  beauty,
  books,
  gifts,
]
