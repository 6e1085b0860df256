import * as pulumi from '@pulumi/pulumi'

/** A resource of a package that is made from another by a parameter. */
export default async () => {
  const reference = pulumi.runtime.registerPackage({
    baseProviderName: 'terraform-provider',
    baseProviderVersion: '1.0.0',
    baseProviderDownloadUrl: '',
    packageName: 'random',
    packageVersion: '3.7.2',
    base64Parameter: btoa('{"remote":"hashicorp/random"}'),
  })
  class Pet extends pulumi.CustomResource {
    constructor(name: string) {
      super('random:index:Pet', name, { length: 2 }, { version: '0.0.1' }, false, reference)
    }
  }
  new Pet('pet')
  return {}
}
