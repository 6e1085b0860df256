import type { Cases } from './rule-cases.ts'

const person = ['arn:aws:iam::222222222222:user/a']

/** Cases of the rules about what the account sees. */
export const accountCases: Record<string, Cases> = {
  'the alarm of a break-glass role has a trail to listen to': {
    fails: [
      [
        { production: false, breakGlassPrincipals: person, cloudTrail: 'none' },
        'dhakacart:cloudTrail: "none" leaves the alarm of the break-glass role deaf; use build or exists',
      ],
    ],
    passes: [
      { production: false, breakGlassPrincipals: [], cloudTrail: 'none' },
      { production: false, breakGlassPrincipals: person, cloudTrail: 'exists' },
      { cloudTrail: 'build' },
    ],
  },
  'production without guardDuty is said': {
    fails: [[{ guardDuty: 'none' }, 'dhakacart:guardDuty: "none": nobody looks for intruders; use build or exists']],
    passes: [{ guardDuty: 'exists' }, { guardDuty: 'build' }, { production: false, guardDuty: 'none' }],
  },
  'production without awsConfig is said': {
    fails: [
      [
        { awsConfig: 'none' },
        'dhakacart:awsConfig: "none": nobody records how resources were before a change; use build or exists',
      ],
    ],
    passes: [{ awsConfig: 'exists' }, { awsConfig: 'build' }, { production: false, awsConfig: 'none' }],
  },
  'cloudTrail is that of a production stack': {
    fails: [
      [
        { cloudTrail: 'none' },
        'dhakacart:cloudTrail: "none" is too little for production; use build or exists, or nobody can say who did what',
      ],
    ],
    passes: [{ cloudTrail: 'exists' }, { production: false, breakGlassPrincipals: [], cloudTrail: 'none' }],
  },
}
