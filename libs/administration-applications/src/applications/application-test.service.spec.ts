import type { ApplicationEntity, ApplicationSecret, ApplicationSecretService } from '@portillon/application';
import { Steps } from '@portillon/testing';
import type { GateRule, GateRuleService, ProxyRequestService } from '@portillon/gate';
import type { OutboundResult, OutboundService } from '@portillon/outbound';
import { orientation } from '../testing/application.fixture';
import { ApplicationTestService } from './application-test.service';

const answered = (status: number, body = ''): OutboundResult => ({
  outcome: 'answered',
  status,
  headers: {},
  body,
});

const GATED = {
  kind: 'gate',
  authMethod: 'none',
  structureId: null,
  firstSeenAt: new Date('2026-11-24T08:00:00Z'),
  seenFrom: '10.0.0.2',
} as const;

async function test(
  changes: Partial<ApplicationEntity>,
  { secrets = 1, result = answered(200), rules = 1, namesProxies = true } = {},
) {
  const steps = new Steps();
  const service = new ApplicationTestService(
    {
      list: async () => Array<ApplicationSecret>(secrets),
    } as Partial<ApplicationSecretService> as ApplicationSecretService,
    steps.of<OutboundService>('outbound', { send: async () => result }),
    { list: async () => Array<GateRule>(rules) } as Partial<GateRuleService> as GateRuleService,
    { namesProxies } as Partial<ProxyRequestService> as ProxyRequestService,
  );
  const checks = await service.run(orientation(changes), 'fr');
  const failed = checks.filter(({ ok }) => !ok).map(({ check, explanation }) => [check, explanation]);
  return { failed, checks: checks.map(({ check }) => check), steps };
}

const KEYS_AT = { authMethod: 'private_key_jwt', jwksUri: 'https://o.example/jwks' } as const;

describe('the test of an application', () => {
  it('finds nothing wrong where nothing is, and asks nothing outside', async () => {
    const { failed, checks, steps } = await test({});
    expect([failed, checks]).toEqual([[], ['status', 'proof', 'audience']]);
    expect(steps.taken).not.toContain('outbound.send');
  });

  it('finds what was forgotten', async () => {
    const { failed } = await test({ status: 'disabled' }, { secrets: 0 });
    expect(failed).toEqual([
      ['status', 'L’application est désactivée\u00a0: personne ne peut l’ouvrir.'],
      ['proof', 'Aucun secret n’est en service\u00a0: créez-en un.'],
    ]);
  });

  it('asks the address of the sign-outs, which may answer anything', async () => {
    const uri = 'https://o.example/logout';
    const { failed, checks } = await test({ backchannelLogoutUri: uri }, { result: answered(400) });
    expect([failed, checks.includes('back-channel')]).toEqual([[], true]);
  });

  it('finds that a proxy without a rule, or one that is not configured, refuses everyone', async () => {
    const { failed, checks } = await test(GATED, { rules: 0, namesProxies: false });
    expect(checks).toEqual(['status', 'rules', 'proxies', 'request', 'audience']);
    expect(failed).toEqual([
      ['rules', 'Aucune règle\u00a0: personne ne passe. Ajoutez-en une.'],
      ['proxies', expect.stringContaining('GATE_PROXIES')],
    ]);
    expect((await test(GATED)).failed).toEqual([]);
  });

  it('finds that no request came yet, or that those that come are of a proxy that is not believed', async () => {
    const none = await test({ ...GATED, firstSeenAt: null, seenFrom: null });
    expect(none.failed).toEqual([['request', expect.stringContaining('Aucune requête n’est encore venue')]]);
    const doubted = await test({ ...GATED, firstSeenAt: null, seenFrom: '192.0.2.7' });
    expect(doubted.failed).toEqual([
      ['request', expect.stringMatching(/^Des requêtes viennent de 192\.0\.2\.7.*GATE_PROXIES/)],
    ]);
  });

  it('says why an address does not answer', async () => {
    const { failed } = await test(KEYS_AT, { result: { outcome: 'failed', reason: 'host-unknown' } });
    const why =
      'L’adresse https://o.example/jwks n’a pas pu être jointe\u00a0: son nom de domaine est inconnu.';
    expect(failed).toEqual([['keys', why]]);
  });

  it.each([answered(404), answered(200, '<html>'), answered(200, '{"keys":[]}'), answered(200, 'null')])(
    'takes no other answer for keys (%j)',
    async (result) => {
      expect((await test(KEYS_AT, { result })).failed).toMatchObject([
        ['keys', expect.stringContaining('JWKS')],
      ]);
    },
  );
});
