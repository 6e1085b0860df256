import { github } from '../harness/github.ts'
import type { Cases } from './rule-cases.ts'

const repository = github('222222222222')

/** Cases of the rules about roles that GitHub takes. */
export const identityCases: Record<string, Cases> = {
  'the repository is known by its number too': {
    fails: [
      [
        { ...repository, githubRepositoryId: '' },
        'dhakacart:githubRepositoryId is empty while githubRepository is "dhakacart/shop"; use its number, or whoever registers that name after it was deleted can deploy',
      ],
    ],
    passes: [{ ...repository, githubRepositoryId: '1296269' }, { githubRepository: '' }],
  },
  'a number of a repository has its repository': {
    fails: [
      [
        { githubRepository: '', githubRepositoryId: '1296269' },
        'dhakacart:githubRepositoryId: "1296269" is the number of no repository while githubRepository is empty; set githubRepository, or leave both out',
      ],
    ],
    passes: [
      { ...repository, githubRepositoryId: '1296269' },
      { githubRepository: '', githubRepositoryId: '' },
    ],
  },
}
