/*
 * A provider of components in a process of its own, as the real awsx and eks plugins are: it constructs by the models of the offline
 * plan. Its own process, because the SDK keeps the settings of a construction in the process. Arguments: the package's version.
 */
import * as pulumi from '@pulumi/pulumi'
import { models } from '../../../plan/models/index.ts'

const version = process.argv[2] ?? '0.0.0'

pulumi.provider.main(
  {
    version,
    async construct(name, type, inputs, options) {
      const model = models[type]
      if (!model) throw new Error(`There is no model of ${type}: platform/plan/models has none`)
      return model(name, inputs, options)
    },
  },
  // The engine's address comes with Attach.
  [],
)
