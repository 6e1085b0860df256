import { relative } from 'node:path'
import { demoCatalogue } from '../../demo/catalogue.ts'
import type { Cluster } from '../embedded/cluster.ts'
import { facts } from '../facts.ts'
import { addressOf, type RunningShop } from '../process/run-shop.ts'
import type { DemoAccount } from './development.ts'

export interface WelcomeOptions {
  running: RunningShop
  /** The embedded database; undefined when DATABASE_URL names one. */
  cluster: Cluster | undefined
  accounts: DemoAccount[]
  logFile: string
}

const demoSku = demoCatalogue[0]?.products[0]?.variants[0]?.sku

/** One screen: what runs where, who can log in, what to try. */
export function welcome({ running, cluster, accounts, logFile }: WelcomeOptions): string {
  const shop = addressOf(running.app)
  const { health, ready, metrics } = facts.paths
  const database = cluster
    ? `PostgreSQL ${cluster.version} of its own, 127.0.0.1:${cluster.port}${cluster.adopted ? ' (found running after a crash)' : ''}`
    : 'the one that DATABASE_URL names'
  const rows = [
    ['shop', `${shop}   (the API's documentation, until there is a storefront)`],
    ['operations', `${addressOf(running.operations)}   ${health} ${ready} ${metrics}`],
    ['database', database],
    ['log', relative(process.cwd(), logFile)],
  ]
  const people = accounts.map(({ username, password, role }) => [role, `${username.padEnd(13)} ${password}`])
  return [
    'DhakaCart is open.',
    '',
    ...rows.map(row),
    ...(people.length > 0 ? ['', 'Who can log in:', ...people.map(row)] : []),
    '',
    'Try:',
    `  curl '${shop}/api/products?inStock=true&sort=price_asc&limit=3'`,
    `  curl -G '${shop}/api/products' --data-urlencode 'q=শাড়ি'`,
    ...(cluster ? [`  curl '${shop}/api/cart/items' --json '{"sku": "${demoSku}", "quantity": 1}'`] : []),
    '',
    'Ctrl-C stops everything.',
  ].join('\n')
}

function row([name = '', value = '']: string[]): string {
  return `  ${name.padEnd(11)} ${value}`
}
