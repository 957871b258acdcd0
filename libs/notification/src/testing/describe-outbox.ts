import { Logger } from '@nestjs/common';
import { describeOnEveryEngine, SettableClock, TestDatabase } from '@portillon/testing';
import type { Repository } from 'typeorm';
import { NotificationEntity } from '../notification.entity';
import { notificationPersistence } from '../notification.persistence';
import { Outlet } from './messages';
import { Process, ProcessOptions } from './process';

/** Processes on one outbox that is empty before each test. */
export interface OutboxFixture {
  database: TestDatabase;
  clock: SettableClock;
  outlet: Outlet;
  table: Repository<NotificationEntity>;
  start(options?: ProcessOptions): Process;
  rows(): Promise<NotificationEntity[]>;
  states(): Promise<string[]>;
}

/** Runs the tests on a fresh outbox of each engine; processes that were started are stopped after each. */
export function describeOutbox(title: string, tests: (bench: OutboxFixture) => void): void {
  Logger.overrideLogger(false);
  describeOnEveryEngine(title, [notificationPersistence], (database) => {
    const bench = {} as OutboxFixture;
    const processes: Process[] = [];

    beforeEach(async () => {
      const table = database.dataSource.getRepository(NotificationEntity);
      await table.deleteAll();
      const clock = new SettableClock();
      const outlet = new Outlet();
      const start: OutboxFixture['start'] = (options) => {
        processes.push(new Process(database, clock, outlet, options));
        return processes.at(-1)!;
      };
      const rows = () => table.find({ order: { id: 'ASC' } });
      const states = async () => (await rows()).map((row) => row.state);
      Object.assign(bench, { database, clock, outlet, table, start, rows, states });
    });

    afterEach(async () => {
      for (const one of processes.splice(0)) await one.stop();
    });

    tests(bench);
  });
}
