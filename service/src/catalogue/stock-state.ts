import type { StockState } from './catalogue-schemas.ts'

/** What is said of so many free units; `lowStockUnits` and fewer are low. */
export function stockState(freeUnits: number, lowStockUnits: number): StockState {
  if (freeUnits <= 0) return 'out'
  return freeUnits <= lowStockUnits ? 'low' : 'in_stock'
}
