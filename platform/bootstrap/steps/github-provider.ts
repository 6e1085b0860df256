import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
} from '@aws-sdk/client-iam'
import { ask, unless } from '../../aws/failure.ts'
import { githubAudience as audience, githubProviderArn, githubIssuer as issuer } from '../names.ts'
import { type Finding, type Place, present, type Step } from '../step.ts'
import { tagsOf } from './key.ts'

/** GitHub's identity provider: an account can have one only, so no stack owns it. It lets nobody in; roles that trust it do. */
export function githubProvider(place: Place): Step {
  const arn = githubProviderArn(place.accountId)
  const { iam } = place.clients

  async function look(): Promise<Finding> {
    const found = await ask('iam:GetOpenIDConnectProvider', arn, () =>
      iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
    ).catch(unless('NoSuchEntityException', 'NoSuchEntity'))
    if (!found) return { state: 'create', actions: [{ say: `make the identity provider ${issuer}`, do: create }] }
    if (found.ClientIDList?.includes(audience)) return present()
    return { state: 'change', actions: [{ say: `let ${issuer} speak to ${audience}`, do: addAudience }] }
  }

  // Without thumbprints: AWS trusts GitHub's certificate by its own list of authorities.
  const create = async () => {
    const Tags = Object.entries(tagsOf(place, 'account')).map(([Key, Value]) => ({ Key, Value }))
    await ask('iam:CreateOpenIDConnectProvider', arn, () =>
      iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: [audience], Tags })),
    )
  }

  const addAudience = async () => {
    await ask('iam:AddClientIDToOpenIDConnectProvider', arn, () =>
      iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn, ClientID: audience })),
    )
  }

  return { name: "GitHub's identity provider", target: issuer, scope: 'account', look }
}
