import type { FactorRegistry } from '@portillon/access';
import type { AcrOfMeans } from '@portillon/application';
import type { ExplainedRequest, GateExplanation, GateExplanationService } from '@portillon/gate';
import type { SessionService } from '@portillon/session';
import type { AdministeredAccountService } from '@portillon/user-management';
import type { WaysInService } from '@portillon/auth';
import type { PasskeyService } from '@portillon/authenticator';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { ApplicationSteps, orientation } from '../testing/application.fixture';
import { ApplicationExplanationsService } from './application-explanations.service';

const RULE = { paths: ['/'], methods: [], access: 'signed-in', roles: [], structures: [] } as const;

function why(application = orientation(), professions: (string | null)[] = [], canEnter = true) {
  const steps = new ApplicationSteps();
  const asked: ExplainedRequest[] = [];
  const accounts = steps.of<AdministeredAccountService>('accounts', {
    get: async (_administrator, id) =>
      ({ id, roles: ['professional'], structure: { id: 'hospital', name: 'H' } }) as never,
  });
  const found = {
    verdict: { status: 'step-up', asked: { acr: 'eidas3', maxAgeSeconds: null } },
    application,
    path: '/admin',
    rule: { position: 2, rule: { ...RULE, acr: 'eidas3', maxAgeSeconds: null } },
  } as unknown as GateExplanation;
  const sessions = steps.of<SessionService>('sessions', {
    list: async () => professions.map((profession) => ({ activity: { profession } })) as never,
  });
  const explanations = steps.of<GateExplanationService>('explanations', {
    explain: async (request) => {
      asked.push(request);
      return found;
    },
  });
  const passkeys = steps.of<PasskeyService>('passkeys', { listAll: async () => [] });
  const waysIn = steps.of<WaysInService>('waysIn', { canEnter: async () => canEnter });
  const { administered } = steps;
  const service = new ApplicationExplanationsService(
    administered,
    accounts,
    passkeys,
    waysIn,
    explanations,
    sessions,
    {} as FactorRegistry,
    {} as AcrOfMeans,
  );
  return { asked, service };
}

describe('« Pourquoi ? »', () => {
  const URL = 'https://app.example/admin';

  it('gives the answer, the rule and its requirement, for a person within reach', async () => {
    const { service, asked } = why();
    expect(await service.explainGate(OF_HOSPITAL, 'orientation', { url: URL, account: 'claire' })).toEqual({
      verdict: 'step-up',
      explanation: expect.any(String) as string,
      asked: { acr: 'eidas3', maxAgeSeconds: null },
      rule: 2,
      path: '/admin',
    });
    const person = {
      roles: ['professional'],
      structure: { id: 'hospital' },
      professions: [],
      acr: 'eidas1',
      canEnter: true,
    };
    expect(asked).toMatchObject([{ url: URL, method: 'GET', person }]);
  });

  it('asks the judgement of sign-in whether the person can enter', async () => {
    const { service, asked } = why(orientation(), [], false);
    await service.explainGate(OF_HOSPITAL, 'orientation', { url: URL, account: 'claire' });
    expect(asked[0]!.person!.canEnter).toBe(false);
  });

  it('asks with the profession that the person chose last among their open sessions', async () => {
    const { service, asked } = why(orientation(), [null, '10', '60']);
    await service.explainGate(OF_HOSPITAL, 'orientation', { url: URL, account: 'claire' });
    expect(asked[0]!.person!.professions).toEqual(['10']);
  });

  it('asks with the profession that the administrator names', async () => {
    const { service, asked } = why(orientation(), ['10']);
    const request = { url: URL, account: 'claire', profession: '60', acr: 'eidas2' };
    await service.explainGate(OF_HOSPITAL, 'orientation', request);
    expect(asked[0]!.person).toMatchObject({ professions: ['60'], acr: 'eidas2' });
  });

  it('answers for no session where no account is named', async () => {
    const { service, asked } = why();
    await service.explainGate(OF_HOSPITAL, 'orientation', { url: URL, method: 'POST' });
    expect(asked).toEqual([{ url: URL, method: 'POST' }]);
  });

  it('reveals nothing of another application at that address', async () => {
    const { service } = why(orientation({ id: 'another' }));
    expect(await service.explainGate(OF_HOSPITAL, 'orientation', { url: URL })).toMatchObject({
      verdict: 'forbidden',
      asked: null,
      rule: null,
    });
  });
});
