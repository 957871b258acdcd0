import type { ApplicationEntity, ApplicationSecretService, SecretIssue } from '@portillon/application';
import { DAY } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
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
  it('is made with its line of the journal, which does not say it', async () => {
    const { steps, service } = acts();
    expect(await service.issue(OF_HOSPITAL, 'orientation', null, 'rotation')).toMatchObject({
      value: 'id.secret',
    });
    const act = ['begin', 'secrets.issue(tx)', 'journal.recordOnApplication(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.get', ...act]);
    expect(steps.journalled).toEqual([{ name: 'application_secret_issued', reason: 'rotation' }]);
  });

  it('ends by itself when its days are told', async () => {
    const { clock, expiries, service } = acts();
    await service.issue(OF_HOSPITAL, 'orientation', 90);
    expect(expiries).toEqual([new Date(clock.now().getTime() + 90 * DAY)]);
  });

  it('is not the third one', async () => {
    const { steps, service } = acts({ issue: { status: 'two-live' } });
    await expect(service.issue(OF_HOSPITAL, 'orientation', null)).rejects.toMatchObject({
      code: 'application.secrets-exceeded',
    });
    expect([steps.taken.at(-1), steps.journalled]).toEqual(['rollback', []]);
  });

  it.each(['none', 'private_key_jwt', 'tls_client_auth'] as const)('is not for %s', async (authMethod) => {
    const { steps, service } = acts({ application: { authMethod } });
    await expect(service.issue(OF_HOSPITAL, 'orientation', null)).rejects.toMatchObject({
      code: 'application.no-secret',
    });
    expect(steps.taken).toEqual(['administered.get']);
  });

  it('is ended with its line of the journal', async () => {
    const { steps, service } = acts();
    await service.end(OF_HOSPITAL, 'orientation', 'id');
    expect(steps.taken.slice(1)).toEqual([
      'begin',
      'secrets.end(tx)',
      'journal.recordOnApplication(tx)',
      'commit',
    ]);
    expect(steps.journalled).toMatchObject([{ name: 'application_secret_ended' }]);
  });

  it('of a trusted or shared application is a national administrator’s to make and to end', async () => {
    for (const application of [{ trusted: true }, { audienceStructures: ['clinic'] }]) {
      const { steps, service } = acts({ application });
      const refused = { code: 'application.national-only' };
      await expect(service.issue(OF_HOSPITAL, 'orientation', null)).rejects.toMatchObject(refused);
      await expect(service.end(OF_HOSPITAL, 'orientation', 'id')).rejects.toMatchObject(refused);
      expect(steps.taken).not.toContain('begin');
      await service.issue(NATIONAL, 'orientation', null);
    }
  });

  it('that the application does not have is not found', async () => {
    const { steps, service } = acts({ ends: false });
    await expect(service.end(OF_HOSPITAL, 'orientation', 'x')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.journalled).toEqual([]);
  });
});
