import type { ApplicationSecretService } from '@portillon/application';
import type { AuditStatisticsService } from '@portillon/audit';
import type { StructureService } from '@portillon/structure';
import { SettableClock } from '@portillon/testing';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { ApplicationSteps } from '../testing/application.fixture';
import { ApplicationViewService } from './application-view.service';

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
  const view = new ApplicationViewService(
    steps.administered,
    {} as StructureService,
    {} as ApplicationSecretService,
    statistics,
    clock,
  );
  await view.entriesByDay(OF_HOSPITAL, 'orientation');
  expect(asked).toEqual([['orientation', '2026-10-28', '2026-11-26']]);
});
