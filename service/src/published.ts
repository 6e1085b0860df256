/**
 * What the service publishes, as `@dhakacart/service`: the one module of it that a platform reads, so that a probe, an alert, a firewall
 * rule or a Deployment can never disagree with the code.
 */
export { facts } from './facts.ts'
/** The environment that the service reads: one row for each setting. */
export { describeSettings as environment } from './settings/settings.ts'
