/** Settings of a stack that GitHub deploys: what a plan needs to have a runner and the roles that GitHub takes. */
export const github = (account: string) => ({
  githubRepository: 'dhakacart/shop',
  githubConnectionArn: `arn:aws:codeconnections:ap-southeast-1:${account}:connection/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0`,
  githubActorIds: ['583231', '9919'],
})
