import { join } from 'node:path'
import { type Cluster, openCluster } from './cluster.ts'

/** Where development keeps what it makes: the database, keys, the log. */
export const dataDirectory = join(import.meta.dirname, '../../../.data')

/** The database of development, below `.data`, or another directory. */
export function openDevelopmentCluster(
  environment: NodeJS.ProcessEnv,
  log: (sentence: string) => void,
  directory = dataDirectory,
): Promise<Cluster> {
  return openCluster({ directory: join(directory, 'postgres'), log, binaries: environment.POSTGRES_BIN })
}
