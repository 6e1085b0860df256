import type { ShopApp } from '../http/app-type.ts'
import type { AccountParts } from './account-parts.ts'
import { changePassword } from './change-password.ts'
import { changeRole } from './change-role.ts'
import { issueResetCode } from './issue-reset-code.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { logoutEverywhere } from './logout-everywhere.ts'
import { me } from './me.ts'
import { refresh } from './refresh.ts'
import { register } from './register.ts'
import { resetPassword } from './reset-password.ts'

/** Everything about accounts. */
export function accountRoutes(app: ShopApp, parts: AccountParts): void {
  register(app, parts)
  login(app, parts)
  refresh(app, parts)
  me(app, parts)
  changePassword(app, parts)
  logout(app, parts)
  logoutEverywhere(app, parts)
  resetPassword(app, parts)
  issueResetCode(app, parts)
  changeRole(app, parts)
}
