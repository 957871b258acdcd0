export { altered } from './altered';
export { CLIENT, journalOf } from './conductor-fixture';
export * from './servers';
export { describeOnEveryEngine, describeOnMariadb, openMigrated } from './engines';
export type { TestDatabase } from './engines';
export { SettableClock } from './settable-clock';
export { statementsOf } from './statements-of';
export { Steps } from './steps';
export { turnsUntil } from './turns-until';
