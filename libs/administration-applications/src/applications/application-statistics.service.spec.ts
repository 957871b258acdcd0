import type { AuditStatisticsService } from '@portillon/audit';
import { SettableClock } from '@portillon/testing';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { ApplicationSteps } from '../testing/application.fixture';
import { ApplicationStatisticsService } from './application-statistics.service';

it('the statistics of an application within reach are those of its last 30 days', async () => {
  const steps = new ApplicationSteps();
  const clock = new SettableClock(new Date('2026-11-26T10:00:00Z'));
  const asked: string[][] = [];
  const statistics = steps.of<AuditStatisticsService>('statistics', {
    ofApplication: async (...span) => {
      asked.push(span);
      return [];
    },
  });
  await new ApplicationStatisticsService(steps.administered, statistics, clock).of(
    OF_HOSPITAL,
    'orientation',
  );
  expect(asked).toEqual([['orientation', '2026-10-28', '2026-11-26']]);
});
