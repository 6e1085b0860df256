/*
 * Our models as a plugin: `node stand-in.ts <engine's address>` serves what `pulumi-resource-awsx` and `pulumi-resource-eks` would, so that
 * an engine that has no such plugin can run our program.
 */
import * as pulumi from '@pulumi/pulumi'
import { methods, models } from '../../plan/models/index.ts'

const provider: pulumi.provider.Provider = {
  version: '0.0.0',
  construct: async (name, type, inputs, options) => {
    const model = models[type]
    if (!model) throw new Error(`There is no model of ${type}`)
    return model(name, inputs, options)
  },
  call: async (token, inputs) => {
    const method = methods[token]
    if (!method) throw new Error(`There is no model of ${token}`)
    return method(inputs)
  },
}

await pulumi.provider.main(provider, process.argv.slice(2))
