import type { Shop } from '../shop.ts'
import { createLocalProvider, type LocalProvider } from './local-provider.ts'
import type { PaymentProvider } from './provider.ts'

export interface PaymentProviders {
  /** Undefined when nobody of that name takes money for this shop. */
  find(name: string): PaymentProvider | undefined
  /** Undefined unless PAYMENT_LOCAL is on. */
  local: LocalProvider | undefined
}

/** The providers that this process works with. */
export function createProviders({ settings, secret }: Pick<Shop, 'settings' | 'secret'>): PaymentProviders {
  const local = settings.paymentLocal === 'on' ? createLocalProvider(() => secret('paymentWebhookSecret')) : undefined
  const all: PaymentProvider[] = local ? [local] : []
  return { local, find: (name) => all.find((provider) => provider.name === name) }
}
