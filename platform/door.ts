import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Access } from './access.ts'
import type { Cluster } from './cluster.ts'
import { connectPolicy, documentName, sessionDocument } from './door/connect.ts'
import { makeHost } from './door/host.ts'
import type { Keys } from './keys.ts'
import { makeHttpsClient } from './network/security-group.ts'
import type { Network } from './network.ts'
import type { Stack } from './stack.ts'

export interface DoorArgs {
  stack: Stack
  network: Network
  keys: Keys
  access: Access
  cluster: Cluster
}

/** The way of people to the private Kubernetes API: a port forwarded by Session Manager (decisions/0002-the-door.md). */
export class Door extends pulumi.ComponentResource {
  /** The Auto Scaling group of the one host; its instance is the session's target. */
  readonly groupName: pulumi.Output<string>
  /** The session document to start. */
  readonly documentName: pulumi.Output<string>
  /** For principals of your own, such as one who deploys from a laptop: the right to come through the door. */
  readonly connectPolicyArn: pulumi.Output<string>
  /** What must stand for as long as somebody may come through the door. */
  readonly ready: pulumi.Resource[]

  constructor(name: string, args: DoorArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super('dhakacart:platform:Door', name, {}, { ...opts, provider: args.stack.provider })
    const { stack, network, keys, access, cluster } = args
    const tag = { key: 'dhakacart:door', value: stack.prefix }
    const out = makeHttpsClient({
      stack,
      parent: this,
      vpcId: network.vpcId,
      name: 'door',
      description: 'The door: out to Session Manager, nothing in',
      // It has no fixed addresses, and endpoints of its own would cost more than ten doors. The host's role can do nothing else with it.
      httpsTo: 'Session Manager',
    })
    const host = makeHost({
      stack,
      parent: this,
      subnetIds: network.privateSubnetIds,
      securityGroupIds: [out.group.id, cluster.clientSecurityGroupId],
      volumesKeyArn: keys.volumes.arn,
      tag,
    })
    const document = new aws.ssm.Document(
      'to-cluster',
      {
        name: documentName(stack),
        documentType: 'Session',
        documentFormat: 'JSON',
        content: cluster.endpoint.apply((endpoint) => sessionDocument(new URL(endpoint).host)),
        tags: stack.tags('to-cluster'),
      },
      { parent: this },
    )
    const connect = new aws.iam.Policy(
      'connect',
      {
        name: `${stack.prefix}-door-connect`,
        description: `${stack.prefix}: come through the door to the Kubernetes API`,
        policy: connectPolicy(stack, tag),
        tags: stack.tags('connect'),
      },
      { parent: this },
    )
    for (const { name, role } of access.people) {
      new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn: connect.arn }, { parent: this })
    }
    this.groupName = host.name
    this.documentName = document.name
    this.connectPolicyArn = connect.arn
    this.ready = [host, document, out.rule]
    this.registerOutputs({ groupName: this.groupName, documentName: this.documentName })
  }
}
