import type { Rules } from './rules.ts'

/** Providers: to replace one is to replace everything that it made. */
export const providers: Record<string, Rules> = {
  'pulumi:providers:aws': {
    source:
      'pulumi/pulumi-terraform-bridge pkg/tfbridge/config.go: only ForcesProviderReplace, which the AWS package sets for the region (components.md)',
    replace: ['region'],
    update: [
      'allowedAccountIds',
      'assumeRoles',
      'defaultTags',
      'profile',
      'skipCredentialsValidation',
      'skipRegionValidation',
    ],
  },
  'pulumi:providers:kubernetes': {
    source:
      'pulumi/pulumi-kubernetes provider/pkg/provider/provider.go, DiffConfig: the cluster behind the kubeconfig, or its identifier where one is set',
    replace: ['clusterIdentifier', 'cluster', 'context'],
    update: [
      'enableServerSideApply',
      'helmReleaseSettings',
      'namespace',
      'enableConfigMapMutable',
      'enableSecretMutable',
    ],
    conditions: [
      {
        path: 'kubeconfig',
        replaces: ({ inputs }) => inputs?.clusterIdentifier === undefined,
        why: 'A provider that knows its cluster by name does not look at where its kubeconfig points.',
      },
    ],
  },
}
