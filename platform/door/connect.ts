import { policyDocument } from '../policy.ts'
import type { Stack } from '../stack.ts'

/** The name of the session document: the one kind of session that the door has. */
export const documentName = (stack: Stack) => `${stack.prefix}-to-cluster`

/**
 * The session document: a local port becomes port 443 of the Kubernetes API, and of no other host. What passes is TLS from end to end, so
 * Session Manager can log no content of it; CloudTrail says who came and when, Kubernetes' audit log what they did.
 */
export function sessionDocument(apiHost: string): string {
  return JSON.stringify({
    schemaVersion: '1.0',
    description: 'Forwards a local port to the Kubernetes API',
    sessionType: 'Port',
    parameters: {
      localPortNumber: {
        type: 'String',
        description: 'The port on your own machine; 0 takes a free one',
        allowedPattern: '^([0-9]{1,5})$',
        default: '0',
      },
    },
    properties: {
      type: 'LocalPortForwarding',
      host: apiHost,
      portNumber: '443',
      localPortNumber: '{{ localPortNumber }}',
    },
  })
}

/** What a person needs to come through the door: start that one kind of session on that one host, and end their own. */
export function connectPolicy(stack: Stack, tag: { key: string; value: string }): string {
  const { region, accountId } = stack.settings
  return policyDocument([
    {
      Sid: 'OnTheDoor',
      Effect: 'Allow',
      Action: 'ssm:StartSession',
      Resource: `arn:aws:ec2:${region}:${accountId}:instance/*`,
      Condition: {
        StringEquals: { [`ssm:resourceTag/${tag.key}`]: tag.value },
        // Without it a session that names no document would be a shell, and need no right to a document.
        BoolIfExists: { 'ssm:SessionDocumentAccessCheck': 'true' },
      },
    },
    {
      Sid: 'ToTheCluster',
      Effect: 'Allow',
      Action: 'ssm:StartSession',
      Resource: stack.arn('ssm', `document/${documentName(stack)}`),
    },
    {
      Sid: 'OwnSessions',
      Effect: 'Allow',
      Action: ['ssm:TerminateSession', 'ssm:ResumeSession'],
      Resource: stack.arn('ssm', 'session/*'),
      // Session Manager tags every session with whoever started it.
      Condition: { StringEquals: { 'ssm:resourceTag/aws:ssmmessages:session-id': `\${aws:userid}` } },
    },
    {
      Sid: 'FindTheDoor',
      Effect: 'Allow',
      Action: 'ec2:DescribeInstances',
      // IAM knows no resources for it.
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    },
  ])
}
