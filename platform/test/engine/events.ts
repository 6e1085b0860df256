/** A state in an event: what the engine says of a resource before or after a step. */
export interface EventState {
  urn: string
  type: string
  id?: string
  custom?: boolean
  parent?: string
  protect?: boolean
  provider?: string
  inputs?: Record<string, unknown>
  outputs?: Record<string, unknown>
}

/** A step of a deployment. */
export interface Step {
  op: string
  urn: string
  type: string
  old?: EventState | null
  new?: EventState | null
  keys?: string[] | null
  diffs?: string[] | null
  detailedDiff?: Record<string, { diffKind: string; inputDiff: boolean }> | null
  provider?: string
}

/** A line of the event log; one of the parts is there. */
export interface EngineEvent {
  sequence: number
  timestamp: number
  resourcePreEvent?: { metadata: Step; planning?: boolean }
  resOutputsEvent?: { metadata: Step; planning?: boolean }
  resOpFailedEvent?: { metadata: Step; status: number }
  diagnosticEvent?: { urn?: string; message: string; severity: string }
  policyEvent?: { policyName: string; enforcementLevel: string; resourceUrn?: string; message: string }
  summaryEvent?: { resourceChanges: Record<string, number>; durationSeconds: number }
  preludeEvent?: { config: Record<string, string> }
  [part: string]: unknown
}

export const readEvents = (text: string): EngineEvent[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as EngineEvent)

/** The steps that were begun, in order. */
export const stepsOf = (events: EngineEvent[]): Step[] =>
  events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []))

/** The steps that were done, in order. */
export const doneOf = (events: EngineEvent[]): Step[] =>
  events.flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []))

/** The steps that are not `same`, as `op type name`, sorted. */
export const changesOf = (events: EngineEvent[]): string[] =>
  stepsOf(events)
    .filter(({ op }) => op !== 'same' && op !== 'read' && op !== 'refresh')
    .map(({ op, urn }) => `${op} ${urn.split('::')[2]?.split('$').at(-1)} ${urn.split('::').slice(3).join('::')}`)
    .sort()

/** What the engine and the program said at this severity. */
export const saidOf = (events: EngineEvent[], severity: string): string[] =>
  events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === severity ? [diagnosticEvent.message] : []))
