import type { DirectoryService, PendingEmail, PendingEmailService } from '@portillon/account';
import type { PasswordAttemptService } from '@portillon/credential';
import type { OtpLock, OtpService } from '@portillon/otp';
import type { Session, SessionService, TrustedDevice, TrustedDeviceService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { FastifyReply } from 'fastify';
import { claire } from '../testing/administrator.fixture';
import { AccountPageViewService } from './account-page-view.service';

const NADIA = { id: 'nadia', username: 'nadia.roux', displayName: 'Nadia Roux', structureId: null };
const LATER = new Date('2030-01-01T00:00:00.000Z');

function view(codeLock?: OtpLock, pending?: PendingEmail) {
  const steps = new Steps();
  return new AccountPageViewService(
    steps.of<PasswordAttemptService>('attempts', { delayedUntil: async () => LATER }),
    steps.of<OtpService>('otp', { lockOf: async () => codeLock }),
    steps.of<SessionService>('sessions', { list: async () => [{}, {}] as Session[] }),
    steps.of<TrustedDeviceService>('browsers', { list: async () => [{}] as TrustedDevice[] }),
    steps.of<PendingEmailService>('pendingEmails', { find: async () => pending }),
    steps.of<DirectoryService>('directory', { people: async () => new Map([['nadia', NADIA]]) }),
    new SettableClock(),
  );
}
const account = claire({
  createdAt: new Date(0),
  lastSignedInAt: null,
  passwordChangedAt: null,
  erasureRequestedAt: null,
  phone: { number: '+33612345642', verifiedAt: LATER },
});

describe('the page of an account', () => {
  it('shows locks, sessions and browsers, and no full phone number', async () => {
    const shown = await view({ status: 'locked', retryAt: null, fresh: false }).of(account);
    expect(shown).toMatchObject({ openSessions: 2, rememberedBrowsers: 1 });
    expect(shown.locks).toEqual({
      passwordUntil: LATER.toISOString(),
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

  it('shows the address that waits, who asked for it, and from when it holds', async () => {
    const pending = {
      id: 'pending',
      accountId: 'claire',
      email: 'new@hopital.example',
      requestedBy: 'nadia',
      requestedAt: new Date(0),
      effectiveAt: LATER,
    };
    expect((await view(undefined, pending).of(account)).pendingEmail).toEqual({
      email: 'new@hopital.example',
      requestedBy: { id: 'nadia', displayName: 'Nadia Roux' },
      requestedAt: new Date(0).toISOString(),
      effectiveAt: LATER.toISOString(),
    });
    expect((await view().of(account)).pendingEmail).toBeNull();
  });

  it('shows no emergency access that is over', async () => {
    const emergency = { means: 'password', until: new Date(0) } as const;
    expect((await view().of({ ...account, emergency })).emergencyAccess).toBeNull();
  });
});
