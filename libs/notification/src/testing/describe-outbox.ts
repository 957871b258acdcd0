import { Logger } from '@nestjs/common';
import { describeOnEveryEngine, SettableClock, TestDatabase } from '@portillon/testing';
import { notificationPersistence } from '../notification.persistence';
import { Outlet, Process } from './process';

export interface OutboxRow {
  id: string;
  state: string;
  rounds: number;
  payload: string | null;
  destinationDigest: string;
  reference: string | null;
  reason: string | null;
  report: string | null;
}

/** Processes on one outbox that is empty before each test. */
export interface OutboxBench {
  database: TestDatabase;
  clock: SettableClock;
  outlet: Outlet;
  start(options?: ConstructorParameters<typeof Process>[3]): Process;
  rows(): Promise<OutboxRow[]>;
  states(): Promise<string[]>;
}

/** Runs the tests on a fresh outbox of each engine; processes that were started are stopped after each. */
export function describeOutbox(title: string, tests: (bench: OutboxBench) => void): void {
  Logger.overrideLogger(false);
  describeOnEveryEngine(title, [notificationPersistence], (database) => {
    const bench = {} as OutboxBench;
    const processes: Process[] = [];

    beforeEach(async () => {
      await database.database.execute('DELETE FROM notification');
      const clock = new SettableClock();
      const outlet = new Outlet();
      const start: OutboxBench['start'] = (options) => {
        processes.push(new Process(database.database, clock, outlet, options));
        return processes.at(-1)!;
      };
      const rows = () => database.database.rows<OutboxRow>('SELECT * FROM notification ORDER BY id');
      const states = async () => (await rows()).map((row) => row.state);
      Object.assign(bench, { database, clock, outlet, start, rows, states });
    });

    afterEach(async () => {
      for (const one of processes.splice(0)) await one.stop();
    });

    tests(bench);
  });
}
