import * as aws from '@pulumi/aws'
import * as kubernetes from '@pulumi/kubernetes'

/** Objects under a provider whose kubeconfig is known, and under one that waits for a role. */
export default async () => {
  const role = new aws.iam.Role('role', { assumeRolePolicy: '{}' })
  const known = new kubernetes.Provider('known', { kubeconfig: '{}', namespace: 'shop' })
  const unknown = new kubernetes.Provider('unknown', { kubeconfig: role.arn })
  for (const [name, provider] of Object.entries({ known, unknown })) {
    const config = new kubernetes.core.v1.ConfigMap(`${name}-config`, { data: { a: 'b' } }, { provider })
    const space = new kubernetes.core.v1.Namespace(
      `${name}-space`,
      { metadata: { name: `${name}-space` } },
      { provider },
    )
    const account = new kubernetes.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: { namespace: space.metadata.name } },
      { provider },
    )
    new kubernetes.apps.v1.Deployment(
      `${name}-shop`,
      {
        spec: {
          selector: { matchLabels: { app: 'shop' } },
          template: {
            metadata: { labels: { app: 'shop' } },
            spec: {
              serviceAccountName: account.metadata.name,
              containers: [{ name: 'shop', envFrom: [{ configMapRef: { name: config.metadata.name } }] }],
            },
          },
        },
      },
      { provider },
    )
  }
  const chart = new kubernetes.helm.v3.Release('chart', { chart: 'metrics' }, { provider: known })
  return { chart: chart.name, status: chart.status }
}
