/** One rule of a repository's life: an image goes when it is one too many, or untagged for too long. */
export type LifeRule = { description: string } & ({ keep: number } | { untaggedDays: number })

/** A lifecycle policy of ECR; earlier rules are applied first, and AWS wants what takes any image last. */
export function lifecycle(rules: LifeRule[]): string {
  return JSON.stringify({
    rules: rules.map((rule, at) => ({
      rulePriority: at + 1,
      description: rule.description,
      selection:
        'keep' in rule
          ? { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: rule.keep }
          : {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: rule.untaggedDays,
            },
      action: { type: 'expire' },
    })),
  })
}
