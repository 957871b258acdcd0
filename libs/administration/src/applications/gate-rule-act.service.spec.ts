import type { GateRule, GateRuleService } from '@portillon/gate';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { ApplicationSteps, orientation } from '../testing/application.fixture';
import { GateRuleActService } from './gate-rule-act.service';

const RULE: GateRule = {
  paths: ['/'],
  methods: [],
  access: 'signed-in',
  roles: [],
  structures: [],
  acr: null,
  maxAgeSeconds: null,
};

function acts(status: 'edited' | 'moved' | 'missing' = 'edited') {
  const steps = new ApplicationSteps(orientation({ kind: 'gate', version: 7 }));
  const rules = steps.of<GateRuleService>('rules', {
    list: async () => [RULE],
    replace: async () => ({ status }),
  });
  const service = new GateRuleActService(steps.transactions, steps.administered, rules, steps.journal);
  return { steps, service };
}

describe('the rules of an application', () => {
  it('are listed with its version', async () => {
    expect(await acts().service.list(OF_HOSPITAL, 'orientation')).toEqual({ items: [RULE], version: 7 });
  });

  it('are replaced with their line of the journal, in one transaction', async () => {
    const { steps, service } = acts();
    await service.replace(OF_HOSPITAL, 'orientation', [RULE], 7, 'audit');
    const act = ['begin', 'rules.replace(tx)', 'journal.recordOnApplication(tx)', 'commit'];
    expect(steps.taken.slice(0, 5)).toEqual(['administered.get', ...act]);
    expect(steps.journalled).toEqual([
      { name: 'application_updated', reason: 'audit', data: { fields: ['rules'] } },
    ]);
  });

  it.each([
    ['moved', 'precondition.failed'],
    ['missing', 'not-found'],
  ] as const)('are left as they are when the application is %s', async (status, code) => {
    const { steps, service } = acts(status);
    await expect(service.replace(OF_HOSPITAL, 'orientation', [RULE], 7)).rejects.toMatchObject({ code });
    expect([steps.taken.at(-1), steps.journalled]).toEqual(['rollback', []]);
  });
});
