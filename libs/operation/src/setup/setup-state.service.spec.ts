import type { Examined } from '@portillon/kernel';
import { SetupFacts, setupState, setupSteps } from './setup-state.service';

const ANSWERS: Examined = { subject: 'psc', state: 'well', text: 'answers' };
const NO_CARDS: Examined = { subject: 'cards', state: 'off', text: 'off: not set' };
const DONE: SetupFacts = {
  serviceName: 'Portillon',
  operatorName: 'GCS Santé',
  mail: 'well',
  mailOpenedAt: new Date(0),
  sms: 'well',
  isAnyPhoneProved: true,
  means: [ANSWERS, NO_CARDS],
  hasStructure: true,
  hasAdministrator: true,
  nationalAdministrators: 2,
  missingTexts: [],
  keyIds: ['k1'],
  confirmedKeyIds: ['k1'],
};
const FRESH: Partial<SetupFacts> = {
  operatorName: null,
  mailOpenedAt: null,
  isAnyPhoneProved: false,
  means: [{ ...ANSWERS, state: 'failing', text: 'does not answer' }],
  hasStructure: false,
  hasAdministrator: false,
  nationalAdministrators: 1,
  missingTexts: ['hostName'],
  confirmedKeyIds: [],
};

const state = (facts: Partial<SetupFacts>) => setupState(setupSteps({ ...DONE, ...facts }));

describe('the first hour of a service', () => {
  it('has seven steps, none of them done at first', () => {
    expect(state(FRESH)).toMatchObject({ done: 0, total: 7 });
  });

  it('is over when all of them are done, or off by the settings', () => {
    expect(state({})).toMatchObject({ done: 7, strongMeans: { state: 'done' } });
    const means = [{ ...NO_CARDS, subject: 'psc' }, NO_CARDS];
    expect(state({ sms: 'off', means })).toMatchObject({ done: 7, sms: { state: 'off' } });
  });

  it.each<[string, Partial<SetupFacts>, string]>([
    ['a mail arrived once and no relay answers now', { mail: 'failing' }, 'mail'],
    ['a card’s list is stale', { means: [ANSWERS, { ...NO_CARDS, state: 'failing' }] }, 'strongMeans'],
    ['the first structure has no administrator', { hasAdministrator: false }, 'structure'],
    ['one national administrator is left', { nationalAdministrators: 1 }, 'secondAdministrator'],
    ['a text of the law is missing', { missingTexts: ['hostName'] }, 'legal'],
    ['a new key came', { keyIds: ['k2', 'k1'] }, 'legal'],
  ])('has a step open again when %s', (_, facts, step) => {
    const found = state(facts);
    expect(found.done).toBe(6);
    expect(found[step as 'mail'].state).toMatch(/todo|failing/);
  });
});
