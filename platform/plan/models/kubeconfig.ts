import type * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'

type Credentials = { roleArn?: string; profileName?: string }

/**
 * The kubeconfig of a cluster: `aws eks get-token`, as the given role. It is unknown as a whole as long as any part of it is. The plugin
 * puts the profile into its own provider's kubeconfig only, because a profile belongs to one machine.
 */
export function kubeconfigOf(
  cluster: aws.eks.Cluster,
  credentials: pulumi.Input<eks.types.input.KubeconfigOptionsArgs> | undefined,
  withProfile: boolean,
): pulumi.Output<object> {
  const { name, endpoint, certificateAuthority, arn } = cluster
  return pulumi
    .all([name, endpoint, certificateAuthority, credentials, arn])
    .apply(([clusterName, server, authority, given, clusterArn]) =>
      render(clusterName, server, authority.data, regionOf(clusterArn), given, withProfile),
    )
}

/** The region of an ARN. */
export const regionOf = (arn: string): string => arn.split(':')[3] ?? ''

/** A kubeconfig for `aws eks get-token`. */
export function render(
  clusterName: string,
  server: string,
  authority: string,
  region: string,
  credentials: Credentials | undefined,
  withProfile: boolean,
): object {
  const args = ['--region', region, 'eks', 'get-token', '--cluster-name', clusterName, '--output', 'json']
  if (credentials?.roleArn) args.push('--role', credentials.roleArn)
  if (withProfile && credentials?.profileName) args.push('--profile', credentials.profileName)
  const env = [{ name: 'KUBERNETES_EXEC_INFO', value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' }]
  const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args, env }
  return {
    apiVersion: 'v1',
    clusters: [{ cluster: { server, 'certificate-authority-data': authority }, name: 'kubernetes' }],
    contexts: [{ context: { cluster: 'kubernetes', user: 'aws' }, name: 'aws' }],
    'current-context': 'aws',
    kind: 'Config',
    users: [{ name: 'aws', user: { exec } }],
  }
}
