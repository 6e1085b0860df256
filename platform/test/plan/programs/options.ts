import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'

/** Every option of a resource, explicit and default providers, and what a component hands to its children. */
export default async () => {
  const provider = new aws.Provider('named', { region: 'eu-west-1', allowedAccountIds: ['333333333333'] })
  const topic = new aws.sns.Topic('by-default')
  const component = new pulumi.ComponentResource('test:index:Box', 'box', {}, { provider, protect: true })
  const key = new aws.kms.Key('child', { description: 'a key' }, { parent: component })
  new aws.kms.Alias('freed', { targetKeyId: key.id, name: 'alias/freed' }, { parent: component, protect: false })
  const role = new aws.iam.Role(
    'optioned',
    { assumeRolePolicy: '{}' },
    {
      provider,
      dependsOn: [topic],
      retainOnDelete: true,
      deleteBeforeReplace: true,
      deletedWith: topic,
      ignoreChanges: ['tags', 'description'],
      replaceOnChanges: ['path'],
      customTimeouts: { create: '5m', delete: '1h' },
      additionalSecretOutputs: ['uniqueId'],
      aliases: [
        { name: 'old' },
        { type: 'aws:iam/role:OldRole', parent: pulumi.rootStackResource },
        'urn:pulumi:other::p::t:i:T::n',
      ],
      version: '7.47.0',
      pluginDownloadURL: 'https://plugins.example',
    },
  )
  new aws.sns.Topic('elsewhere', { name: 'elsewhere', region: 'ap-south-1' }, { provider })
  const keyElsewhere = new aws.kms.Key('elsewhere-key', { region: 'ap-south-1' }, { provider })
  const vault = { name: 'vault', region: 'ap-south-1', kmsKeyArn: keyElsewhere.arn }
  const elsewhere = new aws.backup.Vault('elsewhere-vault', vault, { provider })
  new aws.iam.RolePolicy('imported', { role: 'r', policy: '{}' }, { import: 'r:p' })
  return { role: role.arn, unique: role.uniqueId, vault: elsewhere.arn }
}
