import * as aws from '@pulumi/aws'
import type * as eks from '@pulumi/eks'
import * as pulumi from '@pulumi/pulumi'
import { newestVersion, sortedJson } from './eks-addons.ts'
import { ModelError, noInputs } from './model.ts'

type Options = eks.types.input.VpcCniOptionsArgs
type Args = Options & { clusterName: pulumi.Input<string>; clusterVersion: pulumi.Input<string>; tags?: pulumi.Inputs }

/**
 * The environment of the network plugin: option, variable, default. `customNetworkConfig` is missing: the plugin lets
 * `cniCustomNetworkCfg`, which sets the same variable, overwrite it even where that is not given.
 */
const environment: [keyof Options, string, string?][] = [
  ['nodePortSupport', 'AWS_VPC_CNI_NODE_PORT_SUPPORT'],
  ['warmIpTarget', 'WARM_IP_TARGET'],
  ['warmPrefixTarget', 'WARM_PREFIX_TARGET'],
  ['enablePrefixDelegation', 'ENABLE_PREFIX_DELEGATION'],
  ['logLevel', 'AWS_VPC_K8S_CNI_LOGLEVEL', 'DEBUG'],
  ['logFile', 'AWS_VPC_K8S_CNI_LOG_FILE', '/host/var/log/aws-routed-eni/ipamd.log'],
  ['vethPrefix', 'AWS_VPC_K8S_CNI_VETHPREFIX', 'eni'],
  ['eniMtu', 'AWS_VPC_ENI_MTU', '9001'],
  ['eniConfigLabelDef', 'ENI_CONFIG_LABEL_DEF'],
  ['enablePodEni', 'ENABLE_POD_ENI', 'false'],
  ['cniConfigureRpfilter', 'AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER'],
  ['cniCustomNetworkCfg', 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG', 'false'],
]

/** Variables that no option of the component sets. */
const fixed = {
  AWS_VPC_K8S_PLUGIN_LOG_LEVEL: 'DEBUG',
  AWS_VPC_K8S_PLUGIN_LOG_FILE: '/var/log/aws-routed-eni/plugin.log',
}

/** The eks plugin's component around the add-on `vpc-cni`. */
export class VpcCniAddon extends pulumi.ComponentResource {
  readonly addon: pulumi.Output<aws.eks.Addon>

  constructor(name: string, args: Args, opts: pulumi.ComponentResourceOptions) {
    super('eks:index:VpcCniAddon', name, noInputs, opts)
    const addon = new aws.eks.Addon(
      name,
      {
        clusterName: args.clusterName,
        addonVersion: args.addonVersion ?? newestVersion('vpc-cni', args.clusterVersion, this),
        addonName: 'vpc-cni',
        resolveConflictsOnCreate: args.resolveConflictsOnCreate ?? 'OVERWRITE',
        resolveConflictsOnUpdate: args.resolveConflictsOnUpdate ?? 'OVERWRITE',
        preserve: true,
        configurationValues: sortedJson(configurationOf(args)),
        serviceAccountRoleArn: args.serviceAccountRoleArn,
        tags: args.tags,
      },
      { parent: this },
    )
    this.addon = pulumi.output(addon)
    this.registerOutputs({ addon: this.addon })
  }
}

function configurationOf(args: Options): pulumi.Output<object> {
  if (args.externalSnat && args.cniExternalSnat)
    throw new ModelError('eks:index:VpcCniAddon', 'externalSnat', 'cannot stand beside cniExternalSnat')
  const rows = environment.flatMap(([option, variable, fallback]) => {
    const value = args[option] || fallback
    return value ? [[variable, text(value as pulumi.Input<string>)] as const] : []
  })
  const env = Object.fromEntries([
    ...Object.entries(fixed),
    ...rows,
    ['WARM_ENI_TARGET', pulumi.output(args.warmEniTarget).apply((target) => `${target ?? 1}`)],
    ['AWS_VPC_K8S_CNI_EXTERNALSNAT', text(args.externalSnat || args.cniExternalSnat || 'false')],
  ])
  const initEnv = { DISABLE_TCP_EARLY_DEMUX: text(args.disableTcpEarlyDemux || 'false') }
  return pulumi
    .all([env, initEnv, args.enableNetworkPolicy, args.configurationValues ?? {}])
    .apply(([variables, initial, policy, own]) => merge(variables, initial, policy, own))
}

const text = (value: pulumi.Input<string | number | boolean>): pulumi.Output<string> => pulumi.interpolate`${value}`

type Values = Record<string, unknown>

const asValues = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}

/** What the program configures wins over what its options say. */
function merge(env: Values, initEnv: Values, policy: boolean | undefined, own: Values): Values {
  const init = asValues(own.init)
  return {
    ...(policy === undefined ? {} : { enableNetworkPolicy: String(policy) }),
    ...own,
    env: { ...env, ...asValues(own.env) },
    init: { ...init, env: { ...initEnv, ...asValues(init.env) } },
  }
}
