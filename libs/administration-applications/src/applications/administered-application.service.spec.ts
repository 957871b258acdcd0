import type { AccessRefusalService } from '@portillon/user-management';
import type { ApplicationService, ApplicationSecretService } from '@portillon/application';
import type { AuditStatisticsService } from '@portillon/audit';
import type { StructureService } from '@portillon/structure';
import { SettableClock, Steps } from '@portillon/testing';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { orientation } from '../testing/application.fixture';
import { AdministeredApplicationService } from './administered-application.service';

it('the statistics of an application within reach are those of its last 30 days', async () => {
  const steps = new Steps();
  const clock = new SettableClock(new Date('2026-11-26T10:00:00Z'));
  const asked: string[][] = [];
  const statistics = steps.of<AuditStatisticsService>('statistics', {
    ofApplication: async (...span) => {
      asked.push(span);
      return [];
    },
  });
  const view = new AdministeredApplicationService(
    steps.of<ApplicationService>('applications', { get: async () => orientation() }),
    {} as AccessRefusalService,
    {} as StructureService,
    {} as ApplicationSecretService,
    statistics,
    clock,
  );
  await view.entriesByDay(OF_HOSPITAL, 'orientation');
  expect(asked).toEqual([['orientation', '2026-10-28', '2026-11-26']]);
});
