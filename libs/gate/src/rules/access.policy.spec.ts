import { epochSeconds } from '@portillon/kernel';
import type { Proof } from '@portillon/openid';
import { JudgedApplication, GatePerson, judgeRequest } from './access.policy';
import type { GateRule } from './gate-rule.repository';

const NOW = new Date('2026-11-26T18:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

const proved = (acr: string, seconds: number): Proof => {
  const provedAt = ago(seconds);
  return { acr, amr: [], provedAt, authTime: epochSeconds(provedAt) };
};

const APPLICATION: JudgedApplication = {
  kind: 'gate',
  status: 'active',
  structureId: null,
  audienceRoles: [],
  audienceStructures: [],
  audienceProfessions: [],
  minAcr: null,
  maxAgeSeconds: null,
};
const RULE: GateRule = {
  paths: ['/'],
  methods: [],
  access: 'signed-in',
  roles: [],
  structures: [],
  acr: null,
  maxAgeSeconds: null,
};
const CLAIRE: GatePerson = {
  roles: ['professional'],
  structureId: 'hospital',
  professions: [],
  proofs: [proved('eidas1', 600)],
  codeIsLate: false,
};

interface Case {
  application?: Partial<JudgedApplication>;
  rule?: Partial<GateRule>;
  person?: Partial<GatePerson>;
}
const verdict = ({ application, rule, person }: Case) =>
  judgeRequest({ ...APPLICATION, ...application }, { ...RULE, ...rule }, { ...CLAIRE, ...person }, NOW);
const anonymous = (rule: Partial<GateRule>, application: Partial<JudgedApplication> = {}) =>
  judgeRequest({ ...APPLICATION, ...application }, { ...RULE, ...rule }, undefined, NOW);

describe('a request may pass', () => {
  it('where a rule lets everybody, signed in or not', () => {
    expect(anonymous({ access: 'public' })).toEqual({ status: 'public' });
    expect(verdict({ rule: { access: 'public', roles: ['nobody'] } })).toEqual({ status: 'public' });
  });

  it('of a person who fulfils the rule', () => {
    const admitted = { status: 'admitted', proof: proved('eidas1', 600) };
    expect(verdict({})).toEqual(admitted);
    const rule = {
      roles: ['other', 'professional'],
      structures: ['hospital'],
      acr: 'eidas1',
      maxAgeSeconds: 600,
    };
    expect(verdict({ rule })).toEqual(admitted);
  });

  it('of a person whose card was read in time, though a code came since', () => {
    const proofs = [proved('eidas3', 200), proved('eidas1', 10)];
    const passes = (rule: Partial<GateRule>) => verdict({ rule, person: { proofs } });
    expect(passes({ acr: 'eidas3', maxAgeSeconds: 300 })).toEqual({ status: 'admitted', proof: proofs[0] });
    expect(passes({ maxAgeSeconds: 60 })).toEqual({ status: 'admitted', proof: proofs[1] });
    expect(passes({})).toEqual({ status: 'admitted', proof: proofs[0] });
  });
});

describe('a person is sent to sign in', () => {
  const asked = { acr: 'eidas2', maxAgeSeconds: 300 };

  it('without a session, with what will be asked of it', () => {
    expect(anonymous(asked)).toEqual({ status: 'sign-in', asked });
  });

  it('when the 24 hours of their code are over', () => {
    expect(verdict({ person: { codeIsLate: true } })).toMatchObject({ status: 'sign-in' });
  });

  it('again for a level or a freshness that the session has not', () => {
    expect(verdict({ rule: asked })).toEqual({ status: 'step-up', asked });
    const proving = (...proofs: Proof[]) => verdict({ rule: asked, person: { proofs } });
    expect(proving(proved('eidas3', 600))).toEqual({ status: 'step-up', asked });
    expect(proving(proved('eidas1', 10))).toEqual({ status: 'step-up', asked });
    expect(proving(proved('eidas3', 300))).toMatchObject({ status: 'admitted' });
  });

  it('again for a level that was proved long ago, whatever code came since', () => {
    const proofs = [proved('eidas3', 3_600), proved('eidas1', 1)];
    expect(verdict({ rule: asked, person: { proofs } })).toEqual({ status: 'step-up', asked });
  });

  it('by what rule and application ask together, the stricter of each', () => {
    const application = { minAcr: 'eidas2', maxAgeSeconds: 900 };
    expect(anonymous({ acr: 'eidas1-mfa', maxAgeSeconds: 300 }, application)).toMatchObject({
      asked: { acr: 'eidas2', maxAgeSeconds: 300 },
    });
    expect(anonymous({ acr: 'eidas3', maxAgeSeconds: 3_600 }, application)).toMatchObject({
      asked: { acr: 'eidas3', maxAgeSeconds: 900 },
    });
    expect(anonymous({}, application)).toMatchObject({ asked: { acr: 'eidas2', maxAgeSeconds: 900 } });
  });

  it('of any age where neither asks for one', () => {
    expect(anonymous({ acr: 'eidas2' })).toMatchObject({ asked: { acr: 'eidas2', maxAgeSeconds: null } });
  });

  it('with a minute at least: a proof of now is fresh for its own request', () => {
    expect(anonymous({}, { maxAgeSeconds: 0 })).toMatchObject({ asked: { maxAgeSeconds: 60 } });
  });

  it('for a level that is not known, which nothing reaches', () => {
    expect(verdict({ rule: { acr: 'gold' }, person: { proofs: [proved('eidas3', 0)] } })).toMatchObject({
      status: 'step-up',
      asked: { acr: 'gold' },
    });
  });
});

describe('a request is refused', () => {
  const reason = (found: ReturnType<typeof judgeRequest>) =>
    found.status === 'forbidden' ? found.reason : found.status;

  it('where no rule matches', () => {
    expect(reason(judgeRequest(APPLICATION, undefined, CLAIRE, NOW))).toBe('no-rule');
    expect(reason(judgeRequest(APPLICATION, undefined, undefined, NOW))).toBe('no-rule');
  });

  it('where its rule is closed, for everybody', () => {
    expect(reason(verdict({ rule: { access: 'closed' } }))).toBe('closed');
    expect(reason(anonymous({ access: 'closed' }))).toBe('closed');
  });

  it('by an application that was disabled, its public paths too', () => {
    expect(reason(anonymous({ access: 'public' }, { status: 'disabled' }))).toBe('no-application');
  });

  it('to people outside the audience of the application', () => {
    expect(reason(verdict({ application: { audienceRoles: ['structure-admin'] } }))).toBe('audience');
    expect(reason(verdict({ application: { audienceStructures: ['clinic'] } }))).toBe('audience');
    expect(reason(verdict({ application: { audienceProfessions: ['10'] } }))).toBe('audience');
    expect(reason(verdict({ application: { structureId: 'clinic' } }))).toBe('audience');
  });

  it('to people who lack the role or the structure, and no laxer rule behind is looked for', () => {
    expect(reason(verdict({ rule: { roles: ['structure-admin'] } }))).toBe('role');
    expect(reason(verdict({ rule: { structures: ['clinic'] } }))).toBe('structure');
    expect(reason(verdict({ rule: { structures: ['clinic'] }, person: { structureId: null } }))).toBe(
      'structure',
    );
  });

  it('before any step-up: a stronger sign-in would not help', () => {
    expect(reason(verdict({ rule: { roles: ['structure-admin'], acr: 'eidas3' } }))).toBe('role');
  });
});
