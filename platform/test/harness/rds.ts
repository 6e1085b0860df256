import { CreateDBInstanceCommand, type CreateDBInstanceCommandInput, RDSClient } from '@aws-sdk/client-rds'
import tap, { type Test } from 'tap'
import type { CommandContext } from '../../terminal/run-command.ts'
import { openTestAws, type TestAws } from './aws.ts'
import { runHere } from './command.ts'
import { openTestProject } from './project.ts'

/** What RDS calls every database here, also one that is gone. */
export const goneResourceId = 'db-M5ENSHXFPU6XHZ4G4ZEI5QIO2U'

interface Window {
  earliest: string
  latest: string
  status?: string
}

/** Databases in a pretended AWS, and a runbook that looks at them. */
export interface DatabaseCase {
  root: string
  aws: TestAws
  rds: RDSClient
  /** Makes a database such as the program makes. */
  make(name: string, more?: Partial<CreateDBInstanceCommandInput>): Promise<void>
  run(...argv: string[]): ReturnType<typeof runHere>
  /** Tells that the automated backups of a database reach from one time to another; moto has no such window. */
  tellWindow(name: string, window: Window | undefined): void
  /** Has AWS describe a database by these elements and no others, because moto's are all available; undefined: there is none. */
  tellDatabase(name: string, elements: Record<string, string> | undefined): void
}

let shared: Promise<TestAws> | undefined

/** An account without databases, and our stack files; the cases of a file come one after the other, and share one moto. */
export async function openDatabaseCase(
  t: Test,
  command: (context: CommandContext) => Promise<number>,
): Promise<DatabaseCase> {
  shared ??= openTestAws().then((opened) => {
    tap.teardown(() => opened.stop())
    Object.assign(process.env, opened.env)
    return opened
  })
  const aws = await shared
  await aws.reset()
  const root = await openTestProject(t)
  const rds = new RDSClient({ region: 'ap-southeast-1' })
  t.teardown(() => rds.destroy())
  const identifier = (name: string) => `dhakacart-staging-${name}`
  const answer = (call: string, name: string, result: string) =>
    aws.intercept(({ name: called, body }) =>
      called === call && new URLSearchParams(body).get('DBInstanceIdentifier') === identifier(name)
        ? { headers: { 'content-type': 'text/xml' }, body: wrapped(call, result) }
        : undefined,
    )
  return {
    root,
    aws,
    rds,
    async make(name, more = {}) {
      await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: identifier(name),
          DBInstanceClass: 'db.t4g.small',
          Engine: 'postgres',
          EngineVersion: '17.6',
          AllocatedStorage: 20,
          MaxAllocatedStorage: 100,
          StorageEncrypted: true,
          KmsKeyId: 'arn:aws:kms:ap-southeast-1:123456789012:key/ours',
          EnableIAMDatabaseAuthentication: true,
          ManageMasterUserPassword: true,
          MasterUsername: 'dhakacart_master',
          BackupRetentionPeriod: 7,
          ...more,
        }),
      )
    },
    run: (...argv) => runHere(command, { argv: ['--stack', 'staging', ...argv], root, env: aws.env }),
    tellWindow: (name, window) => answer('DescribeDBInstanceAutomatedBackups', name, backups(window)),
    tellDatabase: (name, elements) => answer('DescribeDBInstances', name, described(elements)),
  }
}

const wrapped = (call: string, result: string) =>
  `<${call}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${call}Result>${result}</${call}Result></${call}Response>`

function backups(window: Window | undefined): string {
  if (!window) return '<DBInstanceAutomatedBackups></DBInstanceAutomatedBackups>'
  const { earliest, latest, status = 'active' } = window
  const times = `<EarliestTime>${earliest}</EarliestTime><LatestTime>${latest}</LatestTime>`
  const backup = `<Status>${status}</Status><DbiResourceId>${goneResourceId}</DbiResourceId><RestoreWindow>${times}</RestoreWindow>`
  return `<DBInstanceAutomatedBackups><DBInstanceAutomatedBackup>${backup}</DBInstanceAutomatedBackup></DBInstanceAutomatedBackups>`
}

function described(elements: Record<string, string> | undefined): string {
  const all = Object.entries(elements ?? {}).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<DBInstances>${elements ? `<DBInstance>${all.join('')}</DBInstance>` : ''}</DBInstances>`
}
