import { label } from './facts.ts'
import { canReach, describeAnswer, type Party } from './inside.ts'
import { linesOf, type Proof } from './proof.ts'
import { forcesTls, portOf, storeTypes } from './stores.ts'
import type { Thing } from './things.ts'
import { printFlows, subtractFlows, tcp } from './traffic.ts'
import type { World } from './world.ts'

const groupType = 'aws:ec2/securityGroup:SecurityGroup'

const storesOf = (world: World): Thing[] => world.things.filter((thing) => storeTypes.includes(thing.resource.type))

/** The one group that pods of the shop and of its migration wear. */
const shopGroupOf = (world: World) =>
  world.groups.all.find((group) => group.resource?.type === groupType && group.resource.name === 'shop-pods')

const dataFromShopOnly: Proof = {
  name: 'data-from-shop-only',
  says: "Only pods in the shop's own group reach a database or a cache, on its port, whatever else is put into a subnet and whatever it wears.",
  prove: ({ graph, world }) => {
    const stores = storesOf(world)
    const shop = shopGroupOf(world)
    const senders = sendersBut(world, shop)
    const doubts = new Set<string>()
    const findings = stores.flatMap((store) => {
      const wrong = senders.flatMap((party) => {
        const answer = canReach(party, store)
        for (const doubt of answer.doubts) doubts.add(doubt)
        return answer.flows.length > 0 ? [describeAnswer(party, store, answer)] : []
      })
      return [...wrong, ...shopGets(world, shop, store)]
    })
    const wearing = world.things
      .filter((thing) => shop && thing.groups.includes(shop) && !isPods(thing))
      .map((thing) => `${thing.label} wears ${shop?.label}, which is for pods of the shop`)
    const looked = stores.length === 0 ? 0 : senders.length
    return {
      looked,
      at: `${senders.length} possible senders, ${stores.length} stores`,
      findings: [...(shop ? wearing : ["there is no security group 'shop-pods'"]), ...findings],
      undecided: [...linesOf(graph, world.undecided), ...doubts],
    }
  },
}

const isPods = (thing: Thing) => thing.label.startsWith('pods of ')

/** What is there, and somebody made up in every subnet, without a group and with each one: all but the shop's pods. */
function sendersBut(world: World, shop: Party['groups'][number] | undefined): Party[] {
  const madeUp = world.subnets.flatMap((subnet) =>
    [undefined, ...world.groups.all.filter((group) => group !== shop)].map((group) => ({
      label: `anything put into ${subnet.label}${group ? ` that wears ${group.label}` : ''}`,
      subnets: [subnet],
      groups: group ? [group] : [],
      guarded: false,
      addresses: subnet.addresses,
    })),
  )
  return [...madeUp, ...world.things.filter((thing) => !thing.silent && !(shop && thing.groups.includes(shop)))]
}

/** Pods of the shop, wherever pods may stand: they do get there, by the store's port and by nothing else. */
function shopGets(world: World, shop: Party['groups'][number] | undefined, store: Thing): string[] {
  if (!shop) return []
  const port = portOf(store)
  return world.subnets
    .filter((subnet) => subnet.tags.tier === 'pods')
    .flatMap((subnet) => {
      const { addresses } = subnet
      const pods = {
        label: `pods of the shop in ${subnet.label}`,
        subnets: [subnet],
        groups: [shop],
        guarded: true,
        addresses,
      }
      const answer = canReach(pods, store, port)
      if (answer.flows.length === 0) return [describeAnswer(pods, store, answer)]
      const more = subtractFlows(canReach({ ...pods, guarded: false }, store).flows, tcp(addresses, port))
      return more.length === 0
        ? []
        : [`${store.label} admits more than tcp ${port} of ${pods.label}: ${printFlows(more)}`]
    })
}

const dataStaysApart: Proof = {
  name: 'data-stays-apart',
  says: 'Databases and caches stand in isolated subnets, have no public address, and speak to nobody without TLS.',
  prove: ({ graph, world }) => {
    const stores = storesOf(world)
    const findings = stores.flatMap((store) => [
      ...store.subnets
        .filter((subnet) => subnet.tags.tier !== 'data')
        .map((subnet) => `${store.label} may stand in ${subnet.label}, which is not isolated`),
      ...new Set(
        store.subnets.flatMap((subnet) => {
          const why = store.publicV4(subnet)
          return why ? [`${store.label} has a public address: ${why}`] : []
        }),
      ),
      ...forcesTls(world.index, store.resource, world.undecided),
    ])
    return {
      looked: stores.length,
      at: `${stores.length} stores: ${stores.map((store) => label(store.resource)).join(', ')}`,
      findings,
      undecided: linesOf(graph, world.undecided),
    }
  },
}

/** Proofs about databases and caches. */
export const dataProofs: Proof[] = [dataFromShopOnly, dataStaysApart]
