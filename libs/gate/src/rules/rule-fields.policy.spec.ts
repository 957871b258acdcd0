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
  });

  it.each<[string, Partial<GateRule>]>([
    ['paths', { paths: [] }],
    ['paths', { paths: ['/admin/'] }],
    ['paths', { paths: ['/a/../b'] }],
    ['paths', { paths: ['/', '/'] }],
    ['paths', { paths: ['\ud800'] }],
    ['methods', { methods: ['get'] }],
    ['methods', { methods: ['GET POST'] }],
    ['access', { access: 'open' as 'public' }],
    ['roles', { roles: ['a b'] }],
    ['structures', { structures: ["'"] }],
    ['acr', { acr: 'gold' }],
    ['maxAgeSeconds', { maxAgeSeconds: 59 }],
    ['maxAgeSeconds', { maxAgeSeconds: 300.5 }],
    ['roles', { access: 'public', roles: ['professional'] }],
    ['structures', { access: 'closed', structures: ['hospital'] }],
    ['acr', { access: 'public', acr: 'eidas3' }],
    ['maxAgeSeconds', { access: 'public', maxAgeSeconds: 300 }],
  ])('are refused for %s in %j', (field, rule) => {
    expect(faults({}, rule)).toEqual([`rules.1.${field}`]);
  });

  it('are a hundred at most', () => {
    expect(faults(...Array<object>(101).fill({}))).toEqual(['rules']);
  });
});
