// For its side effect as well: it tells the SDK how to make a cluster from a reference, where no program has.
import '@pulumi/eks'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { regionOf, render } from './kubeconfig.ts'
import type { Method } from './model.ts'

/** `cluster.getKubeconfig(...)`: a kubeconfig as JSON, for a role or a profile of one's own. */
export const getKubeconfig: Method = async ({ __self__: self, roleArn, profileName }) => {
  const eksCluster = pulumi.output((self as eks.Cluster).eksCluster)
  const { name, endpoint, certificateAuthority, arn } = eksCluster
  const credentials = { roleArn: roleArn as pulumi.Input<string>, profileName: profileName as pulumi.Input<string> }
  const config = pulumi
    .all([name, endpoint, certificateAuthority, arn, credentials])
    .apply(([clusterName, server, authority, clusterArn, given]) =>
      JSON.stringify(render(clusterName, server, authority.data, regionOf(clusterArn), given, true)),
    )
  return { outputs: { result: config } }
}
