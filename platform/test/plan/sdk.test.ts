import t from 'tap'
import { rpc, server, settings, state } from '../../plan/sdk.ts'

t.test('the SDK still has the parts that its type definitions leave out', (t) => {
  const parts: [string, unknown][] = [
    ['setMockOptions', settings.setMockOptions],
    ['awaitFeatureSupport', settings.awaitFeatureSupport],
    ['waitForRPCs', settings.waitForRPCs],
    ['disconnectSync', settings.disconnectSync],
    ['withLocalStorage', state.withLocalStorage],
    ['getStore', state.getStore],
    ['getPendingResourceRegistrations', state.getPendingResourceRegistrations],
    ['serializeResourceProperties', rpc.serializeResourceProperties],
    ['deserializeInputs', server.deserializeInputs],
  ]
  for (const [name, part] of parts) t.type(part, 'function', name)
  t.ok('settings' in state.getStore())
  t.end()
})
