import type { ApplicationService } from '@portillon/application';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { ApplicationSteps } from '../testing/application.fixture';
import { ApplicationStatusService } from './application-status.service';

function statuses(changes = true) {
  const steps = new ApplicationSteps();
  const applications = steps.of<ApplicationService>('applications', { setStatus: async () => changes });
  const service = new ApplicationStatusService(
    steps.transactions,
    steps.administered,
    applications,
    steps.journal,
  );
  return { steps, service };
}

describe('an application', () => {
  it('is closed with its line of the journal, in one transaction', async () => {
    const { steps, service } = statuses();
    await service.set(OF_HOSPITAL, 'orientation', 'disabled', 'leak');
    const act = ['begin', 'applications.setStatus(tx)', 'journal.recordOnApplication(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.get', ...act, 'administered.get']);
    expect(steps.journalled).toEqual([{ name: 'application_disabled', reason: 'leak' }]);
  });

  it('is opened again', async () => {
    const { steps, service } = statuses();
    await service.set(OF_HOSPITAL, 'orientation', 'active');
    expect(steps.journalled).toMatchObject([{ name: 'application_enabled' }]);
  });

  it('that is closed already is not closed twice in the journal', async () => {
    const { steps, service } = statuses(false);
    await service.set(OF_HOSPITAL, 'orientation', 'disabled');
    expect(steps.journalled).toEqual([]);
  });
});
