import type { AuthenticatorService } from '@portillon/authenticator';
import type {
  AccountService,
  MembershipRecord,
  MembershipService,
  PendingChange,
  PendingChangeService,
} from '@portillon/account';
import { NO_POLICY } from '@portillon/structure';
import type { PasswordAttemptService } from '@portillon/credential';
import type { OtpLock, OtpService } from '@portillon/otp';
import type { Session, SessionService, TrustedDevice, TrustedDeviceService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { FastifyReply } from 'fastify';
import type { AdministeredAccountService } from '@portillon/user-management';
import { claire } from '@portillon/user-management/testing';
import { AccountPagesService } from './account-pages.service';

const NADIA = { id: 'nadia', username: 'nadia.roux', displayName: 'Nadia Roux', structureId: null };
const LATER = new Date('2030-01-01T00:00:00.000Z');

function view(codeLock?: OtpLock, pendingChanges: PendingChange[] = [], records: MembershipRecord[] = []) {
  const steps = new Steps();
  return new AccountPagesService(
    {} as AdministeredAccountService,
    steps.of<PasswordAttemptService>('attempts', { delayedUntil: async () => LATER }),
    steps.of<OtpService>('otp', { lockOf: async () => codeLock }),
    steps.of<SessionService>('sessions', { list: async () => [{}, {}] as Session[] }),
    steps.of<TrustedDeviceService>('browsers', { list: async () => [{}] as TrustedDevice[] }),
    steps.of<PendingChangeService>('pendingChanges', { list: async () => pendingChanges }),
    steps.of<AccountService>('directory', { findNames: async () => new Map([['nadia', NADIA]]) }),
    steps.of<MembershipService>('memberships', { findByAccount: async () => records }),
    {} as AuthenticatorService,
    new SettableClock(),
  );
}
const account = claire({
  createdAt: new Date(0),
  lastSignedInAt: null,
  passwordChangedAt: null,
  erasureRequestedAt: null,
  emailUnreachableSince: null,
  phone: { number: '+33612345642', verifiedAt: LATER },
});

describe('the page of an account that another structure manages', () => {
  const place = (id: string, roles: string[]) => ({
    structure: { id, name: id, finess: null },
    roles,
    function: 'Cardiologue',
    manages: id === 'hospital',
    policy: NO_POLICY,
    branding: undefined,
  });
  const record = (id: string, roles: string[]) =>
    ({ structure: { id, name: id }, roles, since: LATER, until: null, endedAt: null }) as MembershipRecord;
  const [places, records] = [place, record].map((of) => [
    of('hospital', ['structure-admin']),
    of('clinic', ['professional']),
  ]) as [ReturnType<typeof place>[], MembershipRecord[]];

  it('shows the name, the state and the place within reach, and nothing else', async () => {
    const whole = { ...account, nationalId: '810003456789', lastSignedInAt: LATER, memberships: places };
    const shown = await view(undefined, [], records).view(whole, { structureIds: ['clinic'] });
    expect(shown).toMatchObject({
      id: 'claire',
      displayName: 'Claire Martin',
      status: 'ACTIVE',
      managedHere: false,
      managedBy: { id: 'hospital' },
      roles: ['professional'],
      memberships: [{ structure: { id: 'clinic' }, manages: false }],
      openSessions: 0,
      rememberedBrowsers: 0,
    });
    expect([shown.username, shown.email, shown.nationalId, shown.lastSignedInAt]).toEqual([
      '',
      '',
      null,
      null,
    ]);
    expect(JSON.stringify(shown)).not.toMatch(
      /claire\.martin|@hopital|8100|\+33|42|structure-admin|2030-01-01T00:00:00\.000Z","createdAt/,
    );
    const own = await view(undefined, [], records).view(whole, { structureIds: ['hospital'] });
    expect([own.managedHere, own.memberships.length, own.email]).toEqual([true, 2, 'claire@hopital.example']);
  });
});

describe('the page of an account', () => {
  it('shows locks, sessions and browsers, and no full phone number', async () => {
    const shown = await view({ status: 'locked', retryAt: null, fresh: false }).view(account);
    expect(shown).toMatchObject({ openSessions: 2, rememberedBrowsers: 1 });
    expect(shown.locks).toEqual({
      passwordUntil: LATER.toISOString(),
      passwordVoidSince: null,
      codeUntil: null,
      codeUntilReopened: true,
    });
    expect(JSON.stringify(shown)).not.toContain('612345642');
  });

  it('says which version was answered', async () => {
    const headers: Record<string, string> = {};
    const reply = { header: (name: string, value: string) => (headers[name] = value) };
    await view().answer(reply as unknown as FastifyReply, account);
    expect(headers).toEqual({ etag: '"1"' });
  });

  it('shows what waits, who asked for it, and from when it holds', async () => {
    const asked = { accountId: 'claire', requestedAt: new Date(0), effectiveAt: LATER };
    const request = (displayName: string | null, id: string) => ({
      requestedBy: { id, displayName },
      requestedAt: new Date(0).toISOString(),
      effectiveAt: LATER.toISOString(),
    });
    const shown = await view(undefined, [
      { ...asked, id: '1', kind: 'email', value: 'new@hopital.example', requestedBy: 'nadia' },
      { ...asked, id: '2', kind: 'identity', value: '899700366240', requestedBy: 'nadia' },
      { ...asked, id: '3', kind: 'roles', value: 'professional structure-admin', requestedBy: 'gone' },
      { ...asked, id: '4', kind: 'erasure', value: '2026-11-20 Lettre du 18', requestedBy: 'nadia' },
    ]).view(account);
    const byNadia = { reason: null, ...request('Nadia Roux', 'nadia') };
    expect(shown.pendingChanges).toEqual([
      { kind: 'email', value: 'new@hopital.example', ...byNadia },
      { kind: 'identity', value: '899700366240', ...byNadia },
      { kind: 'roles', value: 'professional structure-admin', reason: null, ...request(null, 'gone') },
      { kind: 'erasure', value: '2026-11-20', ...byNadia, reason: 'Lettre du 18' },
    ]);
    expect((await view().view(account)).pendingChanges).toEqual([]);
  });

  it('shows how the identity was verified, by whom, and when it is to be verified again', async () => {
    const identity = { method: 'face-to-face', at: new Date('2026-11-29T10:00:00.000Z') } as const;
    const shown = await view().view({ ...account, identity, identityVerifiedBy: 'nadia' });
    expect(shown.identity).toEqual({
      method: 'face-to-face',
      verifiedAt: '2026-11-29T10:00:00.000Z',
      verifiedBy: { id: 'nadia', displayName: 'Nadia Roux' },
      dueAt: '2029-11-29T10:00:00.000Z',
      isDue: false,
    });
    const erased = await view().view({ ...account, identity, identityVerifiedBy: 'gone' });
    expect(erased.identity!.verifiedBy).toEqual({ id: 'gone', displayName: null });
    expect((await view().view(account)).identity).toBeNull();
  });

  it('shows no emergency access that is over', async () => {
    const emergency = { means: 'password', until: new Date(0) } as const;
    expect((await view().view({ ...account, emergency })).emergencyAccess).toBeNull();
  });
});
