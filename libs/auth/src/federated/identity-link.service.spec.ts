import type { SecurityChangeService, SignInPolicy } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditData, AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { Session } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import type { IdentityRecordService } from './identity-record.service';
import { IdentityLinkService, VerifiedLink } from './identity-link.service';
import { CLAIRE, SESSION } from '../testing/sign-in.fixture';

const PROVEN: VerifiedLink = { means: 'cpx', nationalId: '899700366241', client: CLIENT, evidence: {} };

/**
 * `current`: the account's id. `isFree`: whether id and account may be linked. `mayLink`: whether the user may link it
 * alone.
 */
function linking({
  current = null as string | null,
  isFree = true as boolean | Error,
  isFirst = true,
  mayLink = true,
  isErased = false,
} = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const noticed: unknown[] = [];
  const service = new IdentityLinkService(
    steps.transactions,
    steps.of<AccountService>('accounts', {
      getForSignIn: async () => (isErased ? undefined : ({ ...CLAIRE, nationalId: current } as Account)),
      linkNationalId: async () => (isFree instanceof Error ? Promise.reject(isFree) : isFree),
    }),
    { mayLink: () => mayLink } as unknown as SignInPolicy,
    steps.of<SecurityChangeService>('changes', { begin: async () => undefined }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, person, { client }) => void noticed.push({ kind, ...person, client }),
    }),
    steps.of<IdentityRecordService>('identities', {
      record: async () => undefined,
      recordIfOld: async () => undefined,
    }),
    audit,
  );
  const presented = steps.of<{ consume: () => Promise<boolean>; keep: () => Promise<void> }>('means', {
    consume: async () => isFirst,
    keep: async () => undefined,
  });
  return { steps, lines, entries, noticed, service, link: () => service.link(SESSION, PROVEN, presented) };
}

describe('an identity that is linked', () => {
  it('uses up the proof and notifies the person, in one transaction', async () => {
    const { steps, lines, noticed, link } = linking();
    expect(await link()).toBe(true);
    expect(noticed).toEqual([{ kind: 'identity-linked', id: 'claire', client: CLIENT }]);
    expect(steps.taken).toEqual([
      'begin',
      'means.consume(tx)',
      'means.keep(tx)',
      'changes.begin(tx)',
      'accounts.getForSignIn(tx)',
      'accounts.linkNationalId(tx)',
      'identities.record(tx)',
      'notices.notify(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['card_linked']);
  });

  it('is recorded in the account holder’s journal, with a separate event for an e-CPS', async () => {
    const { entries, service } = linking();
    const byApp = {
      ...PROVEN,
      means: 'pro-sante-connect',
      evidence: { cardSerial: '4711' } as AuditData,
    } as const;
    expect(await service.link(SESSION, byApp)).toBe(true);
    await service.refuse(undefined, byApp, 'rejected');
    const facts = { means: 'pro-sante-connect', data: byApp.evidence };
    expect(entries).toMatchObject([
      { name: 'ecps_linked', outcome: 'SUCCESS', accountId: 'claire', ...facts },
      { name: 'ecps_link_fail', outcome: 'FAILURE', accountId: null, ...facts },
    ]);
  });

  it('takes no failure of the database for a ticket that was used', async () => {
    const { link } = linking({ isFree: new Error('connection lost') });
    await expect(link()).rejects.toThrow('connection lost');
  });

  it('changes nothing when it is linked already, but proves the person once more', async () => {
    const { steps, lines, link } = linking({ current: PROVEN.nationalId });
    expect(await link()).toBe(true);
    expect(steps.taken).not.toContain('accounts.linkNationalId(tx)');
    expect(steps.taken).toContain('identities.recordIfOld(tx)');
    expect(lines).toEqual([]);
  });

  it('never takes the place of another', async () => {
    const { lines, link } = linking({ isFree: false });
    await expect(link()).rejects.toMatchObject({ code: 'account.already-linked' });
    expect(lines).toEqual(['card_link_fail already-linked']);
  });

  it('of an administrator who needs one is another person’s to link', async () => {
    const { steps, lines, service, link } = linking({ mayLink: false });
    await expect(service.requirePassword(SESSION, PROVEN)).rejects.toMatchObject({ code: 'means.too-weak' });
    await expect(link()).rejects.toMatchObject({ code: 'means.too-weak' });
    expect(steps.taken).not.toContain('accounts.linkNationalId(tx)');
    expect(lines).toEqual(['card_link_fail means-too-weak', 'card_link_fail means-too-weak']);
  });

  it('is linked to no account that was erased meanwhile', async () => {
    const { link } = linking({ isErased: true, isFree: false });
    await expect(link()).rejects.toMatchObject({ code: 'account.already-linked' });
  });

  it('is not linked by the second of two with one ticket', async () => {
    const { steps, lines, link } = linking({ isFirst: false });
    expect(await link()).toBe(false);
    expect(steps.taken).toEqual(['begin', 'means.consume(tx)', 'rollback']);
    expect(lines).toEqual([]);
  });

  it('is not linked in a session that a card opened: a thief of the card could link another one', async () => {
    const { lines, entries, service } = linking();
    const byCard = { ...SESSION, means: 'cpx' } as Session;
    await expect(service.requirePassword(byCard, PROVEN)).rejects.toMatchObject({
      code: 'password.required',
    });
    expect(lines).toEqual(['card_link_fail password-required']);
    expect(entries).toMatchObject([{ accountId: 'claire', data: { by: 'cpx' } }]);
    await expect(service.requirePassword(SESSION, PROVEN)).resolves.toBeUndefined();
  });
});
