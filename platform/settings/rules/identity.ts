import { shown } from '../problems.ts'
import { type Rule, when } from './rule.ts'

export const identityRules: readonly Rule[] = [
  {
    // A warning: where GitHub's API cannot be asked for the number, a deployment from the right repository is better than none.
    name: 'the repository is known by its number too',
    reads: ['githubRepository', 'githubRepositoryId'],
    warns: true,
    find: ({ githubRepository, githubRepositoryId }) =>
      when(
        githubRepository !== '' && githubRepositoryId === '',
        'githubRepositoryId',
        `is empty while githubRepository is ${shown(githubRepository)}; use its number, or whoever registers that name after it was deleted can deploy`,
      ),
  },
  {
    name: 'a number of a repository has its repository',
    reads: ['githubRepository', 'githubRepositoryId'],
    find: ({ githubRepository, githubRepositoryId }) =>
      when(
        githubRepository === '' && githubRepositoryId !== '',
        'githubRepositoryId',
        `${shown(githubRepositoryId)} is the number of no repository while githubRepository is empty; set githubRepository, or leave both out`,
      ),
  },
]
