import type { Shop } from '../shop.ts'
import type { Guard } from './guard.ts'
import type { LoginLimits } from './login-limits.ts'
import type { PasswordHasher } from './password-hashing.ts'

/** What the routes of accounts are made of. */
export interface AccountParts {
  shop: Shop
  guard: Guard
  hasher: PasswordHasher
  limits: LoginLimits
  /** Called when somebody has logged in or registered who held a guest cart. */
  onLogin?: (accountId: string, cartId: string) => Promise<void>
}
