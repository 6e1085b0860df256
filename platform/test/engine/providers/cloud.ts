import type { Wire } from '../../../plan/values.ts'

/** One thing that a stub provider has made. */
export interface Thing {
  urn: string
  type: string
  id: string
  inputs: Wire
  outputs: Wire
}

/** What the cloud was asked to do, in order. */
export interface Deed {
  act: 'create' | 'update' | 'delete' | 'read'
  urn: string
}

type Wanted = (urn: string) => boolean

/**
 * The cloud behind the stub providers: everything lives in this process, so that a test can look into it, change it behind Pulumi's
 * back, and make a creation fail.
 */
export class Cloud {
  readonly things = new Map<string, Thing>()
  readonly deeds: Deed[] = []
  #failures: { wanted: Wanted; message: string }[] = []
  #generations = new Map<string, number>()

  // Two things of one name may stand in two regions.
  #key = (type: string, id: string, { region }: Wire) =>
    [type, id, ...(region === undefined ? [] : [region])].join('::')

  /** The next creation that is wanted fails, once, with this message. */
  failNext(wanted: Wanted, message: string): void {
    this.#failures.push({ wanted, message })
  }

  /** How often this URN has been made: what comes after a replacement is another thing with another id. */
  generation(urn: string): number {
    const next = (this.#generations.get(urn) ?? 0) + 1
    this.#generations.set(urn, next)
    return next
  }

  /** Throws when the creation of this URN was to fail. */
  admit(urn: string): void {
    const failing = this.#failures.findIndex(({ wanted }) => wanted(urn))
    const [failure] = failing < 0 ? [] : this.#failures.splice(failing, 1)
    if (failure) throw new Error(failure.message)
  }

  put(thing: Thing): void {
    this.things.set(this.#key(thing.type, thing.id, thing.inputs), thing)
  }

  /** `state` says in which region, if it is not the provider's. */
  get(type: string, id: string, state: Wire = {}): Thing | undefined {
    return this.things.get(this.#key(type, id, state))
  }

  /** What is known of the thing that has this id, whatever it is. */
  find(id: unknown): Wire | undefined {
    const thing = [...this.things.values()].find((candidate) => candidate.id === id)
    return thing && { ...thing.inputs, ...thing.outputs }
  }

  remove(type: string, id: string, state: Wire = {}): void {
    this.things.delete(this.#key(type, id, state))
  }

  /** The one thing of this name, whatever its type; it throws where there is none, or more than one. */
  named(name: string): Thing {
    const found = [...this.things.values()].filter(({ urn }) => urn.endsWith(`::${name}`))
    const [only] = found
    if (!only || found.length > 1) throw new Error(`The cloud holds ${found.length} things named '${name}'`)
    return only
  }
}
