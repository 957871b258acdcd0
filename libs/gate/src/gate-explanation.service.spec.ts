import { epochSeconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { GateCheckService } from './check/gate-check.service';
import { explanationText, GateExplanationService } from './gate-explanation.service';
import { application, ORIGIN, RULE } from './testing/gate.fixture';

const clock = new SettableClock();
const RULES = [
  { ...RULE, paths: ['/admin'], roles: ['structure-admin'], acr: 'eidas3' },
  { ...RULE, paths: ['/public'], access: 'public' as const },
  { ...RULE, methods: ['GET'] },
];
const CLAIRE = {
  roles: ['professional'],
  structure: { id: 'hospital' },
  professions: [],
  acr: 'eidas1',
  canEnter: true,
};

const service = new GateExplanationService(
  {
    findByOrigin: async (origin: string) =>
      origin === ORIGIN ? { application: application('app', clock.now()), rules: RULES } : undefined,
  } as unknown as GateCheckService,
  clock,
);
const explain = (url: string, person: typeof CLAIRE | undefined = CLAIRE, method = 'GET') =>
  service.explain({ url, method, ...(person && { person }) });

describe('« Pourquoi ? »', () => {
  it('gives the deciding rule, its position and the answer', async () => {
    expect(await explain('https://app.example/admin/users?x=1')).toMatchObject({
      verdict: { status: 'forbidden', reason: 'role' },
      application: { id: 'app' },
      path: '/admin/users',
      rule: { position: 1, rule: { paths: ['/admin'] } },
    });
    expect(await explain('https://app.example')).toMatchObject({
      verdict: {
        status: 'admitted',
        proof: { acr: 'eidas1', amr: [], provedAt: clock.now(), authTime: epochSeconds(clock.now()) },
      },
      rule: { position: 3 },
    });
  });

  it('gives the required level', async () => {
    const administrator = { ...CLAIRE, roles: ['structure-admin'] };
    expect(await explain('https://app.example/admin', administrator)).toMatchObject({
      verdict: { status: 'step-up', asked: { acr: 'eidas3' } },
    });
  });

  it('asks the sign-in first: who is refused there passes where no one signs in, and nowhere else', async () => {
    const refused = { ...CLAIRE, canEnter: false };
    const { verdict } = await explain('https://app.example/', refused);
    expect(verdict).toMatchObject({ status: 'sign-in', refused: true });
    expect(explanationText({ verdict }, 'en')).toMatch(/^The sign-in refuses this person/);
    expect(explanationText({ verdict: { status: 'sign-in' } }, 'en')).toBe('The person must sign in first.');
    expect((await explain('https://app.example/public', refused)).verdict).toEqual({ status: 'public' });
    expect((await explain('https://app.example/', refused, 'POST')).verdict).toMatchObject({
      reason: 'no-rule',
    });
  });

  it('gives the obstacles that concern every person', async () => {
    expect(await explain('https://app.example/', CLAIRE, 'POST')).toMatchObject({
      verdict: { reason: 'no-rule' },
      rule: null,
    });
    expect(await explain('https://other.example/')).toMatchObject({
      verdict: { status: 'forbidden', reason: 'no-application' },
    });
    expect(await explain('https://app.example/a/../admin')).toMatchObject({
      verdict: { status: 'unreadable', why: 'path' },
    });
    expect(await explain('https://app.example/ADMIN')).toMatchObject({
      verdict: { status: 'unreadable', why: 'path-two-rules' },
      application: { id: 'app' },
    });
    expect(await explain('app.example')).toMatchObject({ verdict: { status: 'unreadable' } });
    const nobody = await service.explain({ url: 'https://app.example/', method: 'GET' });
    expect(nobody.verdict).toMatchObject({ status: 'sign-in' });
  });
});
