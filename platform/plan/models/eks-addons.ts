import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { isAuto } from './eks-args.ts'

type Options = eks.types.input.CoreDnsAddonOptionsArgs & eks.types.input.KubeProxyAddonOptionsArgs

/** kube-proxy unless Auto Mode brings it, and CoreDNS in Auto Mode or where asked for, each as the options say. */
export function makeAddons(name: string, args: eks.ClusterArgs, cluster: aws.eks.Cluster, parent: pulumi.Resource) {
  const { kubeProxyAddonOptions: proxy, corednsAddonOptions: dns } = args
  if (proxy?.enabled ?? !isAuto(args)) makeAddon('kube-proxy', name, args, proxy, cluster, parent)
  const asked = dns?.enabled === true || dns?.configurationValues
  const placed = !args.skipDefaultNodeGroup || isAuto(args)
  if (asked || (placed && (dns?.enabled ?? true))) makeAddon('coredns', name, args, dns, cluster, parent)
}

function makeAddon(
  addonName: string,
  name: string,
  args: eks.ClusterArgs,
  options: Options | undefined,
  cluster: aws.eks.Cluster,
  parent: pulumi.Resource,
) {
  new aws.eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: cluster.name,
      addonName,
      preserve: true,
      tags: args.tags,
      addonVersion: options?.version ?? newestVersion(addonName, cluster.version, parent),
      resolveConflictsOnCreate: options?.resolveConflictsOnCreate ?? 'OVERWRITE',
      resolveConflictsOnUpdate: options?.resolveConflictsOnUpdate ?? 'OVERWRITE',
      configurationValues: sortedJson(options?.configurationValues),
    },
    { parent },
  )
}

/** The newest version of an add-on, which AWS answers: the add-on floats. */
export const newestVersion = (
  addonName: string,
  kubernetesVersion: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> =>
  aws.eks.getAddonVersionOutput({ addonName, kubernetesVersion, mostRecent: true }, { parent }).version

/** JSON with its keys in order, so that the order in the program makes no difference. */
export const sortedJson = (values: pulumi.Input<object> | undefined): pulumi.Output<string> | undefined =>
  values
    ? pulumi.jsonStringify(values, (_, value) =>
        value instanceof Object && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
          : value,
      )
    : undefined
