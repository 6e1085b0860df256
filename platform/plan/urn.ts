import type { Urn } from './graph.ts'

const stackType = 'pulumi:pulumi:Stack'

/** The type with those of its parents: `a:b:C$d:e:F`. */
export const qualifiedType = (urn: Urn): string => urn.split('::')[2] ?? ''

/** The type alone. */
export const typeOf = (urn: Urn): string => qualifiedType(urn).split('$').at(-1) ?? ''

/** The name, which may hold `::` itself. */
export const nameOf = (urn: Urn): string => urn.split('::').slice(3).join('::')

/** `aws` of `aws:ec2/vpc:Vpc`, and of `pulumi:providers:aws`. */
export const packageOf = (type: string): string =>
  type.startsWith('pulumi:providers:') ? type.slice('pulumi:providers:'.length) : (type.split(':')[0] ?? '')

export const isProvider = (type: string): boolean => type.startsWith('pulumi:providers:')

/** The URN that the engine makes: the stack itself is no part of the types. */
export function urnOf(stack: string, project: string, parent: Urn | undefined, type: string, name: string): Urn {
  const above = parent ? qualifiedType(parent) : ''
  const qualified = above === '' || above === stackType ? type : `${above}$${type}`
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`
}

/** Takes a reference to a provider apart: `urn::id`. */
export function parseReference(reference: string): { urn: Urn; id: string } {
  const at = reference.lastIndexOf('::')
  if (at < 0) throw new Error(`A reference to a provider must be urn::id, not '${reference}'`)
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) }
}
