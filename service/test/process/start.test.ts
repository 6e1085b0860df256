import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { useDatabase, useEmptyDatabase } from '../harness/database.ts'

const root = join(import.meta.dirname, '../../..')

interface Started {
  process: ChildProcess
  /** All it has printed until now. */
  printed(): string
  /** Resolves when it has printed this; rejects when it ends without. */
  until(text: string | RegExp): Promise<RegExpMatchArray>
  ended: Promise<number | null>
}

/** Starts a program of the service as npm would, in a process of its own that no test leaves behind. */
function start(t: Test, script: string, args: string[], environment: Record<string, string>): Started {
  return run(t, [join(root, 'service/src', script), ...args], environment)
}

function run(t: Test, args: string[], environment: Record<string, string>): Started {
  const { PATH = '', POSTGRES_BIN = '' } = process.env
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, POSTGRES_BIN, PORT: '0', OPERATIONS_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return {
    process: child,
    printed: () => output,
    ended,
    until(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = output.match(text)
          if (found) resolve(found)
          return found
        }
        if (look()) return
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        ended.then(() => look() ?? reject(new Error(`It ended without printing ${text}:\n${output}`)))
      })
    },
  }
}

async function dataDirectory(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'dhakacart-start-'))
  // PostgreSQL's own user, where we are root, passes through; otherwise its data would be kept elsewhere, and stay there.
  await chmod(directory, 0o711)
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return directory
}

const shopAddress = /shop +(http:\/\/127\.0\.0\.1:\d+)/

test('npm start: from nothing to a shop with a catalogue to buy from, and back to nothing on Ctrl-C', async (t) => {
  const directory = await dataDirectory(t)
  const first = start(t, 'start.ts', ['--data', directory], {})
  await first.until('Ctrl-C stops everything')
  const [, url = ''] = await first.until(shopAddress)
  t.match(await (await fetch(`${url}/health`)).json(), { status: 'ok' })
  const { products } = (await (await fetch(`${url}/api/products`)).json()) as { products: unknown[] }
  t.equal(products.length, 20)
  const home = await fetch(url)
  t.match(await home.text(), /swagger-ui/, 'the documentation of the API, until a storefront takes its place')
  const [, password] = await first.until(/demo_admin +(\S+)/)
  const login = (address: string) =>
    fetch(`${address}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'demo_admin', password }),
    })
  t.equal((await login(url)).status, 200)
  // From the terminal and from npm, which passes it on.
  first.process.kill('SIGINT')
  first.process.kill('SIGINT')
  t.equal(await first.ended, 0)
  t.match(await readFile(join(directory, 'shop.log'), 'utf8'), /"phase":"database"/, 'the log was flushed')
  await t.rejects(fetch(url), 'nothing listens any more')

  const second = start(t, 'start.ts', ['--data', directory], {})
  const [, again = ''] = await second.until(shopAddress)
  t.equal((await login(again)).status, 200, 'a second start has the same accounts')
})

const npm = process.env.npm_execpath

test('what npm is told to stop by, the shop is told: no process is left behind', {
  skip: npm ? false : 'npm did not start this test, so where it is is not known',
}, async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const started = run(t, [npm ?? '', 'start', '--', '--data', await dataDirectory(t)], {})
    const [, url = ''] = await started.until(shopAddress)
    started.process.kill(signal)
    await started.ended
    await t.rejects(fetch(url), `nothing listens any more after ${signal}`)
  }
})

test('npm start after a SIGKILL adopts the database that was left, and stops it', async (t) => {
  const directory = await dataDirectory(t)
  const first = start(t, 'start.ts', ['--data', directory], {})
  await first.until('Ctrl-C stops everything')
  first.process.kill('SIGKILL')
  await first.ended
  const second = start(t, 'start.ts', ['--data', directory], {})
  await second.until('found running after a crash')
  second.process.kill('SIGTERM')
  t.equal(await second.ended, 0)
  const third = start(t, 'start.ts', ['--data', directory], {})
  await third.until('Ctrl-C stops everything')
  t.notMatch(third.printed(), 'found running after a crash')
})

test('with DATABASE_URL npm start is as strict as production: it demands keys and TLS, whatever NODE_ENV says', async (t) => {
  const { url } = await useDatabase(t)
  for (const NODE_ENV of ['', 'development', 'production']) {
    const started = start(t, 'start.ts', [], { DATABASE_URL: url, NODE_ENV })
    t.equal(await started.ended, 1)
    t.match(started.printed(), /JWT_KEYS is not set.*DATABASE_CA_FILE is not set/s)
  }
})

test('with --dev npm start migrates the database it is given, and puts no demo into it', async (t) => {
  const { url, sql } = await useEmptyDatabase(t)
  const directory = await dataDirectory(t)
  const started = start(t, 'start.ts', ['--dev', '--data', directory], { DATABASE_URL: url })
  await started.until('the one that DATABASE_URL names')
  t.same(await sql`select count(*)::integer as count from products`, [{ count: 0 }])
  t.same(await sql`select count(*)::integer as count from accounts`, [{ count: 0 }])
})

test('a database that cannot be reached ends a start in development with one sentence', async (t) => {
  const directory = await dataDirectory(t)
  const started = start(t, 'start.ts', ['--dev', '--data', directory], {
    DATABASE_URL: 'postgres://shop:secret@127.0.0.1:9/shop',
    DATABASE_START_MS: '100',
  })
  t.equal(await started.ended, 1)
  t.match(started.printed(), /cannot be reached.*ECONNREFUSED/)
  t.notMatch(started.printed(), 'secret')
  t.notMatch(started.printed(), / at .*\.ts:/, 'no stack')
})

const openShop = /"shop":"(http:[^"]+)","operations":"(http:[^"]+)"/

const production = {
  DATABASE_TLS: 'off',
  HOST: '127.0.0.1',
  DRAIN_MS: '0',
  JWT_KEYS: `{"active":"a","keys":{"a":"${'A'.repeat(44)}"}}`,
}

test('the production server never migrates: on an older schema it exits naming both versions', async (t) => {
  const { url, sql } = await useEmptyDatabase(t)
  const started = start(t, 'server.ts', [], { ...production, DATABASE_URL: url })
  t.equal(await started.ended, 1)
  t.match(started.printed(), /schema of the database is at version 0, and this version of the shop needs \d+ or newer/)
  t.same(await sql`select to_regclass('orders')::text as orders`, [{ orders: null }])
})

test('the production server starts on a newer schema', async (t) => {
  const { url, sql } = await useDatabase(t)
  await sql`insert into schema_version (version, name) values (999, 'of the next release')`
  const started = start(t, 'server.ts', [], { ...production, DATABASE_URL: url })
  await started.until('the shop is open')
  started.process.kill('SIGTERM')
  t.equal(await started.ended, 0)
})

test('the production server starts without its database, and without its page of documentation', async (t) => {
  const started = start(t, 'server.ts', [], {
    ...production,
    DATABASE_URL: 'postgres://shop:secret@127.0.0.1:9/shop',
    DATABASE_START_MS: '100',
    LOG_LEVEL: 'info',
  })
  const [, url = ''] = await started.until(openShop)
  t.match(started.printed(), 'serving without it until it is back')
  t.equal((await fetch(`${url}/api/products`)).status, 503, 'the catalogue says when to come back')
  t.equal((await fetch(`${url}/docs`)).status, 404)
  t.equal((await fetch(`${url}/health`)).status, 200)
})

test('wrong credentials end a start at once, naming the setting to look at', async (t) => {
  const { url } = await useDatabase(t)
  const wrong = new URL(url)
  wrong.password = 'planted-wrong-password'
  const started = start(t, 'server.ts', [], { ...production, DATABASE_URL: wrong.href, DATABASE_START_MS: '600000' })
  t.equal(await started.ended, 1)
  t.match(started.printed(), /DATABASE_URL/)
  t.notMatch(started.printed(), 'planted-wrong-password')
})

test('a port that is taken is named, with the setting to change', async (t) => {
  const { url: DATABASE_URL } = await useDatabase(t)
  const first = start(t, 'server.ts', [], { ...production, DATABASE_URL })
  const [, url = ''] = await first.until(openShop)
  const { port: PORT } = new URL(url)
  const second = start(t, 'server.ts', [], { ...production, DATABASE_URL, PORT })
  t.equal(await second.ended, 1)
  t.match(second.printed(), `127.0.0.1:${PORT}: something else listens there. Set PORT`)
})

test('--help tells every setting and starts nothing', async (t) => {
  for (const script of ['start.ts', 'server.ts', 'commands/migrate.ts', 'commands/seed.ts', 'commands/account.ts']) {
    const started = start(t, script, ['--help'], {})
    t.equal(await started.ended, 0, script)
    t.match(started.printed(), 'Usage: ', script)
  }
})
