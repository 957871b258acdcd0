// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { gateRule } from '../../../../../test/applications';
import { draftOf, faultOf, newDraft, type RuleDraft, ruleOf } from './gate-rule-draft';

const draft = (changes: Partial<RuleDraft>) => ({ ...newDraft(0), ...changes });

describe('a rule as it is typed', () => {
  it('comes back as it was, with all it may say', () => {
    const full = gateRule({
      paths: ['/admin', '/a b'],
      methods: ['GET', 'PROPFIND'],
      roles: ['professional'],
      structures: ['s-hospital'],
      acr: 'eidas2',
      maxAgeSeconds: 90,
    });
    for (const rule of [gateRule(), full, gateRule({ access: 'closed' })])
      expect(ruleOf(draftOf(rule, 0, (id) => id))).toEqual(rule);
  });

  it('is read whatever stands between its words, once each', () => {
    const rule = ruleOf(draft({ paths: ' /a \n\n/b\n/a', methods: 'get, post;GET' }));
    expect(rule).toMatchObject({ paths: ['/a', '/b'], methods: ['GET', 'POST'] });
  });

  it.each(['public', 'closed'] as const)('has no condition on people where it is %s', (access) => {
    const conditions = { roles: ['professional'], structures: [{ id: 's', name: 'S' }], acr: 'eidas2' };
    expect(ruleOf(draft({ paths: '/', ...conditions, maxAge: '300', access }))).toEqual(gateRule({ access }));
  });

  it.each([
    ['', 'pathMissing'],
    ['admin', 'pathWrong'],
    ['/admin/', 'pathWrong'],
    [`/${'a'.repeat(500)}`, 'pathWrong'],
    [Array.from({ length: 21 }, (_, at) => `/${at}`).join('\n'), 'tooMany'],
    ['/', undefined],
    ['/admin\n/données', undefined],
  ])('with the paths %j is shown as %s', (paths, fault) => {
    expect(faultOf(draft({ paths }), 'paths')).toBe(fault);
  });

  it.each([
    ['', undefined],
    ['get post', undefined],
    ['G3T', 'methodWrong'],
    [Array.from({ length: 21 }, (_, at) => `A${String.fromCharCode(65 + at)}`).join(), 'tooMany'],
  ])('with the methods %j is shown as %s', (methods, fault) => {
    expect(faultOf(draft({ methods }), 'methods')).toBe(fault);
  });
});
