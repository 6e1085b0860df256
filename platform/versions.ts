/**
 * The EKS add-ons, pinned for each Kubernetes version that a stack may have: a floating version would change a running cluster between
 * two equal previews. Read on 2026-11-21 from public Terraform and CDK code that runs Kubernetes 1.35, where this was EKS's default; for
 * 1.36 it is inferred. What a cluster takes:
 * `aws eks describe-addon-versions --addon-name metrics-server --kubernetes-version 1.35`.
 */
const addons = {
  'metrics-server': { '1.35': 'v0.8.1-eksbuild.10', '1.36': 'v0.8.1-eksbuild.10' },
} as const satisfies Record<string, Record<string, string>>

/**
 * The pinned version of an add-on.
 * @throws Error when there is none for that Kubernetes version.
 */
export function addonVersion(addon: keyof typeof addons, kubernetesVersion: string): string {
  const versions: Record<string, string> = addons[addon]
  const version = versions[kubernetesVersion]
  if (version) return version
  throw new Error(
    `The add-on ${addon} has no pinned version for Kubernetes ${kubernetesVersion}, only for ${Object.keys(versions).join(', ')}: ` +
      `add it to platform/versions.ts`,
  )
}
