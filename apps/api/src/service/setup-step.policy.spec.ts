import type { SetupProgress } from '@portillon/administration';
import { fine, NOT_SET, wrong } from '../diagnosis/finding';
import { SetupFacts, setupState, setupSteps } from './setup-step.policy';

const FRESH: SetupProgress = {
  mailOpenedAt: null,
  isAnyPhoneProved: false,
  hasStructure: false,
  hasStructureAdministrator: false,
  nationalAdministrators: 1,
  missingTexts: ['hostName'],
  keyIds: ['k1'],
  unconfirmedKeyIds: ['k1'],
};
const DONE: SetupProgress = {
  mailOpenedAt: new Date(0),
  isAnyPhoneProved: true,
  hasStructure: true,
  hasStructureAdministrator: true,
  nationalAdministrators: 2,
  missingTexts: [],
  keyIds: ['k1'],
  unconfirmedKeyIds: [],
};

function state({ progress = {}, ...facts }: Omit<Partial<SetupFacts>, 'progress'> & { progress?: object }) {
  const settings = { serviceName: 'Portillon', operatorName: 'GCS Santé' };
  const findings = [fine('psc', 'answers'), fine('cards', NOT_SET)];
  return setupState(
    setupSteps({ settings, mail: 'up', sms: 'up', findings, ...facts, progress: { ...DONE, ...progress } }),
  );
}

describe('the first hour of a service', () => {
  it('has seven steps, none of them done at first', () => {
    const settings = { serviceName: 'Portillon', operatorName: null };
    const findings = [wrong('psc', 'does not answer')];
    expect(state({ progress: FRESH, settings, findings })).toMatchObject({ done: 0, total: 7 });
  });

  it('is over when all of them are done, or off by the settings', () => {
    expect(state({})).toMatchObject({ done: 7, strongMeans: { state: 'done' } });
    const off = [fine('psc', NOT_SET), fine('cards', NOT_SET)];
    expect(state({ sms: 'off', findings: off })).toMatchObject({ done: 7, sms: { state: 'off' } });
  });

  it.each<[string, object, string]>([
    ['a mail arrived once and no relay answers now', { mail: 'down' }, 'mail'],
    [
      'a card’s list is stale',
      { findings: [fine('psc', 'answers'), wrong('cards', 'stale')] },
      'strongMeans',
    ],
    [
      'the first structure has no administrator',
      { progress: { hasStructureAdministrator: false } },
      'structure',
    ],
    [
      'one national administrator is left',
      { progress: { nationalAdministrators: 1 } },
      'secondAdministrator',
    ],
    ['a text of the law is missing', { progress: { missingTexts: ['hostName'] } }, 'legal'],
    ['a new key came', { progress: { keyIds: ['k2', 'k1'], unconfirmedKeyIds: ['k2'] } }, 'legal'],
  ])('has a step open again when %s', (_, facts, step) => {
    const found = state(facts);
    expect(found.done).toBe(6);
    expect(found[step as 'mail'].state).toMatch(/todo|failing/);
  });
});
