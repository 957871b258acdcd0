import type { AppError } from '@portillon/kernel';
import type { GateRule } from './gate-rule.types';
import { requireValidRules } from './rule-fields.policy';

const RULE: GateRule = {
  paths: ['/'],
  methods: [],
  access: 'signed-in',
  roles: [],
  structures: [],
  acr: null,
  maxAgeSeconds: null,
};

function faults(...rules: Partial<GateRule>[]): string[] {
  try {
    requireValidRules(rules.map((rule) => ({ ...RULE, ...rule })));
    return [];
  } catch (error) {
    return (error as AppError).errors!.map(({ field }) => field);
  }
}

/** The longest that a path may be, and as many of a kind as a rule may name. */
const LONG = `/${'a'.repeat(499)}`;
const TWENTY = Array.from({ length: 20 }, (_, number) => `structure-${number}`);

describe('rules', () => {
  it('are kept with all they may say', () => {
    const all: Partial<GateRule> = {
      paths: ['/admin', '/données'],
      methods: ['GET', 'PROPFIND'],
      roles: ['professional'],
      structures: ['0199c1a0-0000-7000-8000-000000000001'],
      acr: 'eidas3',
      maxAgeSeconds: 300,
    };
    expect(faults(all, { access: 'public' }, { access: 'closed' })).toEqual([]);
    expect(faults()).toEqual([]);
    expect(faults({ paths: [LONG], structures: TWENTY, maxAgeSeconds: 60 })).toEqual([]);
    expect(faults({ maxAgeSeconds: 86_400 })).toEqual([]);
  });

  it.each<[string, Partial<GateRule>]>([
    ['paths', { paths: [] }],
    ['paths', { paths: ['/admin/'] }],
    ['paths', { paths: ['/a/../b'] }],
    ['paths', { paths: ['/', '/'] }],
    ['paths', { paths: ['\ud800'] }],
    ['paths', { paths: [`${LONG}a`] }],
    ['methods', { methods: ['get'] }],
    ['methods', { methods: ['GET POST'] }],
    ['access', { access: 'open' as 'public' }],
    ['roles', { roles: ['a b'] }],
    ['structures', { structures: ["'"] }],
    ['structures', { structures: [...TWENTY, 'one-more'] }],
    ['acr', { acr: 'gold' }],
    ['maxAgeSeconds', { maxAgeSeconds: 59 }],
    ['maxAgeSeconds', { maxAgeSeconds: 86_401 }],
    ['maxAgeSeconds', { maxAgeSeconds: 300.5 }],
    ['roles', { access: 'public', roles: ['professional'] }],
    ['structures', { access: 'closed', structures: ['hospital'] }],
    ['acr', { access: 'public', acr: 'eidas3' }],
    ['maxAgeSeconds', { access: 'public', maxAgeSeconds: 300 }],
  ])('are refused for %s in %j', (field, rule) => {
    expect(faults({}, rule)).toEqual([`rules.1.${field}`]);
  });

  it('are a hundred at most', () => {
    expect(faults(...Array<object>(100).fill({}))).toEqual([]);
    expect(faults(...Array<object>(101).fill({}))).toEqual(['rules']);
  });
});
