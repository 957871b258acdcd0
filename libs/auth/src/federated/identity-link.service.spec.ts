import type { EntityManager } from 'typeorm';
import type { SecurityChangeService, SignInPolicy } from '@portillon/access';
import type { Account, AccountService, IdentityService } from '@portillon/account';
import type { AuditData, AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { Session } from '@portillon/session';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
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
  isRecorded = false,
} = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const clock = new SettableClock();
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
    steps.of<IdentityService>('identities', {
      recordVerified: async () => isRecorded,
      recordNames: async () => undefined,
    }),
    audit,
    clock,
  );
  const presented = steps.of<{ consume: () => Promise<boolean>; keep: () => Promise<void> }>('means', {
    consume: async () => isFirst,
    keep: async () => undefined,
  });
  return { steps, lines, entries, noticed, service, link: () => service.link(SESSION, PROVEN, presented) };
}

describe('an identity that is linked', () => {
  it('uses up the proof, notifies the person and is in the journal, in one transaction', async () => {
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
      'identities.recordVerified(tx)',
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
    expect(steps.taken).toContain('identities.recordVerified(tx)');
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
    expect(steps.taken).toContain('rollback');
    expect(steps.taken).not.toContain('accounts.linkNationalId(tx)');
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

describe('an identity that a card or Pro Santé Connect proves', () => {
  /** Links or signs in with an identity that the account has: what is recorded of it. */
  function recording({ isOfAccount = true } = {}) {
    const steps = new Steps();
    const { audit, entries } = journalOf<AuditService>(steps);
    const recorded: unknown[] = [];
    const clock = new SettableClock();
    const identities = steps.of<IdentityService>('identities', {
      recordVerified: async (id, nationalId, method) => (
        recorded.push([id, nationalId, method]),
        isOfAccount
      ),
      recordNames: async (id, names) => void recorded.push([id, names]),
    });
    const none = {} as never;
    const service = new IdentityLinkService(none, none, none, none, none, identities, audit, clock);
    const record = (identity: Account['identity'], changes: object = {}) =>
      service.recordIfOld({ ...CLAIRE, identity }, { ...PROVEN, ...changes }, {} as EntityManager);
    return { clock, entries, recorded, record };
  }

  it('is stored with its means, and recorded in the person’s journal', async () => {
    const { entries, recorded, record } = recording();
    await record(null);
    await record(null, { means: 'pro-sante-connect' });
    expect(recorded).toEqual([
      ['claire', PROVEN.nationalId, 'card'],
      ['claire', PROVEN.nationalId, 'pro-sante-connect'],
    ]);
    const event = { name: 'identity_verified', outcome: 'SUCCESS', accountId: 'claire' };
    expect(entries).toMatchObject([
      { ...event, means: 'cpx', data: { method: 'card' } },
      { ...event, means: 'pro-sante-connect', data: { method: 'pro-sante-connect' } },
    ]);
  });

  it('is written down by a sign-in when nothing is, or what is there is a year old, and not each time', async () => {
    const { clock, recorded, record } = recording();
    const at = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
    await record({ method: 'face-to-face', at: at(364) });
    expect(recorded).toEqual([]);
    await record({ method: 'face-to-face', at: at(365) });
    expect(recorded).toHaveLength(1);
  });

  it('comes with the names that are stated, and with nothing of an account that has another id by now', async () => {
    const names = { givenName: 'Claire', familyName: 'MARTIN' };
    const [own, other] = [recording(), recording({ isOfAccount: false })];
    await own.record(null, { names });
    await other.record(null, { names });
    expect(own.recorded.at(-1)).toEqual(['claire', names]);
    expect([other.recorded.length, other.entries]).toEqual([1, []]);
  });
});
