// Imported before the program (NODE_OPTIONS): writes down what the program finds in its environment.
import { writeFileSync } from 'node:fs'

const { WITNESS_FILE: file } = process.env
if (file && /cmd\/run(\/|$)/.test(process.argv[1] ?? '')) writeFileSync(file, JSON.stringify(process.env))
