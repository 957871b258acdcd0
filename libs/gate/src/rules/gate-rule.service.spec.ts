import type { ApplicationEdit, ApplicationEntity, ApplicationService } from '@portillon/application';
import { SystemRandom } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import { RULE } from '../testing/gate-bench';
import type { GateRuleEntity } from './gate-rule.entity';
import type { GateRuleRepository } from './gate-rule.repository';
import { GateRuleService } from './gate-rule.service';

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
    expect(steps.taken).toEqual(['begin', 'rollback']);
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
