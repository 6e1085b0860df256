/** Places to wait in: bounded, because a place is memory and a connection, and whoever may make others wait could take them all. */
export interface WaitingRoom {
  /** Waits the delay out and resolves to true; false at once when there is no place left. */
  wait(key: string): Promise<boolean>
}

export interface WaitingRoomOptions {
  /** How many may wait under one key. */
  placesPerKey: number
  /** How many may wait in all. */
  places: number
  delay(): Promise<void>
}

export function createWaitingRoom({ placesPerKey, places, delay }: WaitingRoomOptions): WaitingRoom {
  const waiting = new Map<string, number>()
  let total = 0
  return {
    async wait(key) {
      const here = waiting.get(key) ?? 0
      if (here >= placesPerKey || total >= places) return false
      waiting.set(key, here + 1)
      total += 1
      try {
        await delay()
        return true
      } finally {
        total -= 1
        const left = (waiting.get(key) ?? 1) - 1
        if (left > 0) waiting.set(key, left)
        else waiting.delete(key)
      }
    },
  }
}
