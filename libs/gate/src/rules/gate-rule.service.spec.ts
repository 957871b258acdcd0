import type { ApplicationEdit, ApplicationEntity, ApplicationService } from '@portillon/application';
import { SystemRandom } from '@portillon/kernel';
import type { AppError } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import { RULE } from '../testing/gate.fixture';
import type { GateRuleEntity, GateRuleRepository, GateRule } from './gate-rule.repository';
import { GateRuleService, requireValidRules } from './gate-rule.service';

const EDITED = { status: 'edited' } as ApplicationEdit;

function rules({ kind = 'gate', edit = EDITED }: { kind?: string | null; edit?: ApplicationEdit } = {}) {
  const steps = new Steps();
  let kept: readonly GateRuleEntity[] = [];
  const versions: number[] = [];
  const service = new GateRuleService(
    steps.of<GateRuleRepository>('rules', {
      list: async () => [...kept],
      replace: async (_application, rows) => void (kept = rows),
    }),
    steps.of<ApplicationService>('applications', {
      get: async () => (kind === null ? null : ({ kind } as ApplicationEntity)),
      edit: async (_id, _changes, version) => {
        versions.push(version);
        return edit;
      },
    }),
    new SystemRandom(new SettableClock()),
  );
  const replace = (all = [RULE]) => steps.transactions.run((tx) => service.replace('app', all, 3, tx));
  return { steps, versions, service, replace };
}

describe('the rules of an application behind the gate', () => {
  it('take the place of all, in their order, under the version of the application', async () => {
    const { versions, service, replace } = rules();
    const all = [{ ...RULE, paths: ['/admin'] }, RULE];
    expect(await replace(all)).toBe(EDITED);
    expect(versions).toEqual([3]);
    expect(await service.list('app')).toEqual(all);
  });

  it('stay as they are when the application has changed meanwhile', async () => {
    const edit = { status: 'conflict' } as unknown as ApplicationEdit;
    const { service, replace } = rules({ edit });
    expect(await replace()).toBe(edit);
    expect(await service.list('app')).toEqual([]);
  });

  it('are refused before anything is read where one of them is no rule', async () => {
    const { steps, replace } = rules();
    await expect(replace([{ ...RULE, paths: ['admin'] }])).rejects.toMatchObject({
      code: 'validation.failed',
    });
    expect(steps.taken).not.toContain('applications.get(tx)');
  });

  it('are none of an application that is not behind the gate', async () => {
    const { steps, replace } = rules({ kind: 'web' });
    await expect(replace()).rejects.toMatchObject({
      code: 'validation.failed',
      errors: [{ field: 'rules' }],
    });
    expect(steps.taken).not.toContain('applications.edit(tx)');
  });

  it('of an application that is gone are answered as every edit of it is', async () => {
    const edit = { status: 'not-found' } as unknown as ApplicationEdit;
    expect(await rules({ kind: null, edit }).replace()).toBe(edit);
  });
});

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
