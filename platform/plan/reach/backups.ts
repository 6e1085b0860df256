import type { Settings } from '../../settings/schema.ts'
import { type Facts, factsOf, type Index, label, plain, type Undecided } from './facts.ts'
import { roleType } from './roles.ts'

const planType = 'aws:backup/plan:Plan'
const vaultType = 'aws:backup/vault:Vault'

/** What is put into a plan of backups, and what that plan does with it. */
export interface Selection {
  /** `Selection 'assets'`. */
  says: string
  /** The ARNs that it names; a pattern stands as it is, and is nobody's ARN. */
  arns: string[]
  /** What makes it less than it seems, whatever the settings want. */
  weak: string[]
  rules: Rule[]
}

interface Rule {
  /** How many days a backup lives; none where it never ends. */
  days: number | undefined
  schedule: string | undefined
  /** Regions of the vaults that copies go to, and how long they live there. */
  copies: { region: string | undefined; days: number | undefined }[]
  /** Whether its vault is in this plan. */
  vault: boolean
}

export function selections(index: Index, undecided: Undecided[]): Selection[] {
  return index.of('aws:backup/selection:Selection').map((resource) => {
    const said = factsOf(resource, undecided)
    const plan = index.find([planType], said.text('planId'))
    const narrowed = ['conditions', 'selectionTags', 'notResources'].filter(
      (path) => said.list(path).length > 0 || said.texts(path).length > 0,
    )
    const role = index.find([roleType], said.text('iamRoleArn'))
    return {
      says: label(resource),
      arns: said.texts('resources'),
      weak: [
        ...narrowed.map((path) => `its ${path} leave some out, which is not understood`),
        ...(role ? [] : ['its role is none of this plan']),
        ...(plan ? [] : ['its plan is none of this plan']),
      ],
      rules: plan
        ? factsOf(plan, undecided)
            .list('rules')
            .map((rule) => ruleOf(rule, index))
        : [],
    }
  })
}

function ruleOf(rule: Facts, index: Index): Rule {
  return {
    days: rule.number('lifecycle.deleteAfter'),
    schedule: rule.text('schedule'),
    vault: index.find([vaultType], rule.text('targetVaultName')) !== undefined,
    copies: rule.list('copyActions').map((copy) => ({
      // Only a vault of this plan counts: what another one keeps is not known.
      region: regionOf(index, copy.text('destinationVaultArn')),
      days: copy.number('lifecycle.deleteAfter'),
    })),
  }
}

function regionOf(index: Index, arn: string | undefined): string | undefined {
  const vault = index.find([vaultType], arn)
  return vault && String(plain(vault.outputs.arn)).split(':')[3]
}

/** What a selection lacks of what the settings promise; nothing where one of its plan's rules is enough. */
export function shortfalls(selection: Selection, settings: Settings): string[] {
  const { backupRetentionDays: days, backupCopyRegion: region } = settings
  const long = (kept: number | undefined) => kept === undefined || kept >= days
  const lacks = selection.rules.map((rule) => [
    ...(rule.vault ? [] : ['its vault is none of this plan']),
    ...(rule.schedule ? [] : ['its plan has no schedule']),
    ...(long(rule.days) ? [] : [`a backup lives ${rule.days} days instead of ${days}`]),
    ...(region === '' || rule.copies.some((copy) => copy.region === region && long(copy.days))
      ? []
      : [`nothing is copied to ${region} for ${days} days`]),
  ])
  if (lacks.length === 0) return [...selection.weak, 'its plan has no rule']
  const least = lacks.reduce((a, b) => (b.length < a.length ? b : a))
  return [...selection.weak, ...least]
}
