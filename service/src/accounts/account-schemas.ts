import { type Static, type TProperties, Type } from 'typebox'

export const Username = Type.String({
  pattern: '^[A-Za-z0-9_]{3,20}$',
  description: '3 to 20 letters, digits or underscores; unique in any case of letters.',
})

/** Length is counted in code points. */
export const NewPassword = Type.String({
  minLength: 8,
  maxLength: 128,
  description: '8 to 128 characters of any kind; the commonest passwords and the username itself are refused.',
})

/** A password that was chosen earlier: of any length, so that a wrong one is answered as a wrong one. */
export const Password = Type.String({ minLength: 1, maxLength: 128 })

export const AccountView = closedObject({
  id: Type.String({ format: 'uuid' }),
  username: Type.String(),
  role: Type.Enum(['shopper', 'staff', 'admin']),
})

export const SessionView = closedObject({
  accessToken: Type.String({ description: 'For the header `Authorization: Bearer ...`.' }),
  refreshToken: Type.String({ description: 'To be exchanged once, for new tokens. Using it twice ends the session.' }),
  expiresInSeconds: Type.Integer({ minimum: 1, description: 'How long the access token is valid.' }),
  account: AccountView,
})

export type SessionView = Static<typeof SessionView>

/** An object of these fields and no others. */
export function closedObject<T extends TProperties>(properties: T) {
  return Type.Object(properties, { additionalProperties: false })
}

export const NoContent = Type.Null({ description: 'Done; there is nothing to say.' })
