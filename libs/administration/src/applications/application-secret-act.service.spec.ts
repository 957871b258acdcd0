import type { ApplicationEntity, ApplicationSecretService, SecretIssue } from '@portillon/application';
import { DAY } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { ApplicationSteps, orientation } from '../testing/application.fixture';
import { refusing } from '../testing/refusals.fixture';
import { ApplicationSecretActService } from './application-secret-act.service';

const ISSUED = { status: 'issued', value: 'id.secret', secret: { id: 'id' } } as SecretIssue;

function acts({ issue = ISSUED, ends = true, application = {} as Partial<ApplicationEntity> } = {}) {
  const steps = new ApplicationSteps(orientation(application));
  const clock = new SettableClock();
  const expiries: (Date | null)[] = [];
  const secrets = steps.of<ApplicationSecretService>('secrets', {
    issue: async (_id, expiresAt) => {
      expiries.push(expiresAt);
      return issue;
    },
    end: async () => ends,
  });
  const service = new ApplicationSecretActService(
    steps.transactions,
    steps.administered,
    secrets,
    steps.journal,
    refusing(steps),
    clock,
  );
  return { steps, clock, expiries, service };
}

describe('a secret', () => {
  it('ends by itself when its days are told', async () => {
    const { clock, expiries, service } = acts();
    await service.issue(OF_HOSPITAL, 'orientation', 90);
    expect(expiries).toEqual([new Date(clock.now().getTime() + 90 * DAY)]);
  });
});
