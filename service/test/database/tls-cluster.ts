// @peculiar/x509 asks for it, before its own import.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'
import postgres, { type Sql } from 'postgres'
import root, { type Test } from 'tap'
import { until } from '../harness/poll.ts'
import { openTestCluster } from '../harness/test-cluster.ts'

export interface TlsCluster {
  /** By the name in the server's certificate: localhost. */
  url: string
  /** The authority that signed it. */
  caFile: string
  /** Another authority, of the same name, that did not. */
  otherCaFile: string
  /** As superuser, over an unverified connection. */
  sql: Sql
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
let cluster: Promise<Omit<TlsCluster, 'caFile' | 'otherCaFile'> & { ca: string; otherCa: string }> | undefined

/** A PostgreSQL of this file's own that offers TLS, with certificates made for the occasion. */
export async function useTlsCluster(t: Test): Promise<TlsCluster> {
  cluster ??= openTlsCluster()
  const { url, sql, ca, otherCa } = await cluster
  const directory = t.testdir()
  const caFile = join(directory, 'ca.pem')
  const otherCaFile = join(directory, 'other-ca.pem')
  await writeFile(caFile, ca)
  await writeFile(otherCaFile, otherCa)
  return { url, sql, caFile, otherCaFile }
}

async function openTlsCluster() {
  x509.cryptoProvider.set(webcrypto)
  const testCluster = await openTestCluster()
  const url = new URL(testCluster.adminUrl)
  const sql = postgres(url.href, { max: 2, onnotice: () => undefined })
  root.teardown(async () => {
    await sql.end({ timeout: 5 })
    await testCluster.close()
  })

  const [ca, otherCa] = [await makeAuthority(), await makeAuthority()]
  const server = await makeCertificate(ca)
  await writeAtServer(sql, 'server.crt', server.certificate)
  await writeAtServer(sql, 'server.key', server.key)
  await sql.unsafe('alter system set ssl = on')
  await sql`select pg_reload_conf()`
  await until('the server has TLS', async () => (await sql`show ssl`)[0]?.ssl === 'on')

  url.hostname = 'localhost'
  return { url: url.href, sql, ca: ca.certificate.toString('pem'), otherCa: otherCa.certificate.toString('pem') }
}

/** By the server itself, which accepts a key only from a file of its own that nobody else can read. */
async function writeAtServer(sql: Sql, name: string, pem: string): Promise<void> {
  const lines = pem.split('\n').map((line) => `('${line}')`)
  await sql.unsafe(`copy (values ${lines.join(',')}) to program 'umask 077; cat > ${name}'`)
}

interface Authority {
  certificate: x509.X509Certificate
  keys: webcrypto.CryptoKeyPair
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
}

function validity() {
  const now = Date.now()
  return { notBefore: new Date(now - 60_000), notAfter: new Date(now + 3_600_000) }
}

async function makeAuthority(): Promise<Authority> {
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test authority',
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [new x509.BasicConstraintsExtension(true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign)],
  })
  return { certificate, keys }
}

async function makeCertificate(authority: Authority): Promise<{ certificate: string; key: string }> {
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  })
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { certificate: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') }
}
