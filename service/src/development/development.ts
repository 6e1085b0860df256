import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What development adds to the environment: it listens on this machine only, makes its own keys once and keeps them below
 * `.data`, shows the API's documentation, lets orders be paid by pressing a button, and stops at once. What is set already stays.
 */
export async function developmentEnvironment(
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  await mkdir(directory, { recursive: true })
  const jwtKeys = await keep(join(directory, 'jwt-keys.json'), () =>
    JSON.stringify({ active: 'dev', keys: { dev: randomBytes(32).toString('base64') } }),
  )
  const webhookSecret = await keep(join(directory, 'payment-webhook-secret'), () =>
    randomBytes(32).toString('base64url'),
  )
  const secrets = {
    ...(environment.JWT_KEYS ? {} : { JWT_KEYS_FILE: jwtKeys }),
    ...(environment.PAYMENT_WEBHOOK_SECRET ? {} : { PAYMENT_WEBHOOK_SECRET_FILE: webhookSecret }),
  }
  return {
    HOST: '127.0.0.1',
    DATABASE_TLS: 'off',
    API_DOCS: 'on',
    PAYMENT_LOCAL: 'on',
    DRAIN_MS: '0',
    ...secrets,
    ...environment,
  }
}

/** A file that is written once, readable by its owner only; returns its path. */
async function keep(path: string, make: () => string): Promise<string> {
  await writeFile(path, make(), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return path
}

export interface DemoAccount {
  username: string
  password: string
  role: 'shopper' | 'staff' | 'admin'
}

/** Three accounts with passwords of their own, so that a demo that was opened to a network by mistake has no known ones. */
export function makeDemoAccounts(): DemoAccount[] {
  const roles = ['shopper', 'staff', 'admin'] as const
  return roles.map((role) => ({ username: `demo_${role}`, password: randomBytes(6).toString('hex'), role }))
}

/** The accounts of this machine's demo: made once, and kept, so that every start can tell them. */
export async function demoAccounts(directory: string): Promise<DemoAccount[]> {
  const path = await keep(join(directory, 'demo-accounts.json'), () => JSON.stringify(makeDemoAccounts()))
  return JSON.parse(await readFile(path, 'utf8'))
}
