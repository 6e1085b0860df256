/** starting → ready → draining → stopped; what readiness and the draining hook look at. */
export type Phase = 'starting' | 'ready' | 'draining' | 'stopped'

export interface Lifecycle {
  readonly phase: Phase
  enter(phase: Phase): void
}

const order: Phase[] = ['starting', 'ready', 'draining', 'stopped']

/** The phase of one process. It only goes forward. */
export function createLifecycle(): Lifecycle {
  let phase: Phase = 'starting'
  return {
    get phase() {
      return phase
    },
    enter(next) {
      if (order.indexOf(next) > order.indexOf(phase)) phase = next
    },
  }
}
