import { ShopError } from '../errors.ts'
import type { ShopApp } from './app-type.ts'

/** A path that no route has is answered like a thing that does not exist. */
export function answerUnknownPaths(app: ShopApp): void {
  app.setNotFoundHandler(() => {
    throw new ShopError('not_found')
  })
}
