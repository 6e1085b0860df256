import { plan } from '../../../plan/index.ts'
import { pathOf } from './programs.ts'

// Alone in a process: a program that never ends can be told from a slow one only where nothing else keeps the process awake.
const program = async () => (await import(pathOf('endless'))).default()
try {
  await plan({ stack: 'staging', mode: 'preview', models: {}, methods: {}, program })
} catch (error) {
  console.log((error as Error).message)
}
