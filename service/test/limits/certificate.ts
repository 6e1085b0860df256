import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TlsFiles } from '../harness/redis.ts'

/** Why a test that needs a certificate is skipped on this machine; false: it is not. */
export const opensslMissing: string | false =
  spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not on PATH'

/** A certificate for localhost, and nothing else, that vouches for itself; made for the occasion. */
export async function makeCertificate(directory: string): Promise<TlsFiles> {
  const [certificateFile, keyFile] = [join(directory, 'server.crt'), join(directory, 'server.key')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1']
  await promisify(execFile)('openssl', ['req', '-x509', ...key, ...subject, '-out', certificateFile])
  return { certificateFile, keyFile }
}
