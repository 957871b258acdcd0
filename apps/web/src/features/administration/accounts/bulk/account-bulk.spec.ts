import { beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { adminAccount } from '../../../../../test/administration';
import { api, refuse } from '../../../../../test/administration-server';
import type { AccountLine } from '../../../../api/types';
import { split } from './account-bulk-acts';
import { useBulkRun } from './account-bulk-run';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/session.api');

const people = (count: number) =>
  Array.from({ length: count }, (_, at) => adminAccount({ id: `a${at}`, displayName: `Claire ${at}` }));
const isMe = (id: string) => id === 'me';
const started = () => effectScope().run(useBulkRun)!;

beforeEach(() => vi.resetAllMocks());

describe('an act on many accounts', () => {
  it('sends a separate request for each, and names those that were refused', async () => {
    api.deactivate.mockImplementation((id) =>
      id === 'a250' ? refuse('permission.denied') : Promise.resolve(adminAccount()),
    );
    const { run, total, start } = started();
    await start('deactivate', people(500), 'départ');
    expect(run.done).toHaveLength(499);
    expect(run.refused).toMatchObject([
      { account: { displayName: 'Claire 250' }, code: 'permission.denied' },
    ]);
    expect(total.value).toBe(500);
    expect(api.deactivate).toHaveBeenCalledTimes(500);
    expect(api.deactivate).toHaveBeenLastCalledWith('a499', { reason: 'départ' });
  });

  it('pauses at a failure that would stop the next request too, and continues from there', async () => {
    api.unlock.mockResolvedValue(adminAccount());
    api.unlock.mockImplementationOnce(() => Promise.resolve(adminAccount()));
    api.unlock.mockImplementationOnce(() => refuse('reauthentication.required'));
    const { run, start, goOn } = started();
    await start('unlock', people(3), undefined);
    expect(run.problem?.code).toBe('reauthentication.required');
    expect([run.done.length, run.rest.length, run.refused.length]).toEqual([1, 2, 0]);
    await goOn();
    expect([run.done.length, run.rest.length]).toEqual([3, 0]);
    expect(run.problem).toBeNull();
  });

  it('is stopped by the administrator after the request that is under way', async () => {
    const { run, start, stop } = started();
    api.revokeSessions.mockImplementation(async () => {
      stop();
      return adminAccount();
    });
    await start('revokeSessions', people(5), undefined);
    expect([run.done.length, run.rest.length, run.running]).toEqual([1, 4, false]);
  });

  it("is offered for the accounts that it applies to, and never ends the reader's own session", () => {
    const accounts: AccountLine[] = [
      adminAccount({ id: 'me' }),
      adminAccount({ id: 'active', locked: true }),
      adminAccount({ id: 'invited', status: 'INVITED' }),
      adminAccount({ id: 'closed', status: 'DEACTIVATED' }),
      adminAccount({ id: 'erased', status: 'DEACTIVATED', email: '' }),
    ];
    const concerned = (act: Parameters<typeof split>[0]) =>
      split(act, accounts, isMe).concerned.map(({ id }) => id);
    expect(concerned('unlock')).toEqual(['active']);
    expect(concerned('resendInvitation')).toEqual(['invited']);
    expect(concerned('revokeSessions')).toEqual(['active']);
    expect(concerned('deactivate')).toEqual(['active', 'invited']);
    expect(concerned('reactivate')).toEqual(['closed']);
    expect(split('unlock', accounts, isMe).others).toHaveLength(4);
  });
});
