import type { Session } from '@portillon/session';
import { sessionView } from './session.dto';

const AT = '2026-11-24T15:39:00.000Z';
const SESSION = {
  id: 'session',
  accountId: 'claire',
  principal: {
    accountId: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    roles: ['professional'],
    structure: { id: 'hospital', name: 'Hôpital des Trois Dames' },
    codeLimit: { hours: 2, until: null },
  },
  means: 'password',
  acr: null,
  amr: ['pwd', 'mail'],
  activity: null,
  proof: { code: 'mail' },
  signedInAt: new Date(AT),
  authenticatedAt: new Date(AT),
  codeAcceptedAt: new Date(AT),
  codeValidUntilAt: new Date(AT),
  idleExpiresAt: new Date(AT),
  expiresAt: new Date(AT),
  browserId: 'browser',
  device: { userAgent: 'Firefox', address: '192.0.2.1' },
  rotation: 3,
} as Session;

describe('a session as its page sees it', () => {
  it('shows who signed in, how and until when, and nothing of browser, address or limits', () => {
    const { accountId: id, username, displayName, roles, structure } = SESSION.principal;
    expect(sessionView(SESSION)).toEqual({
      id: 'session',
      account: { id, username, displayName, roles, structure, face: null },
      structures: [],
      structureChosen: true,
      means: 'password',
      acr: null,
      amr: ['pwd', 'mail'],
      activity: null,
      limitedTo: null,
      recovered: false,
      sharedWorkstation: false,
      signedInAt: AT,
      codeValidUntil: AT,
      idleExpiresAt: AT,
      expiresAt: AT,
    });
  });

  it('shows all structures, asks for a choice among several, and has the roles of all', () => {
    const place = (id: string, role: string) => ({
      structure: { id, name: id, finess: null },
      roles: [role],
      function: null,
      manages: id === 'hospital',
    });
    const memberships = [place('hospital', 'professional'), place('clinic', 'structure-admin')];
    const seen = (changes: object) =>
      sessionView({ ...SESSION, principal: { ...SESSION.principal, memberships, ...changes } });
    expect(seen({})).toMatchObject({
      account: { roles: ['professional', 'structure-admin'] },
      structures: [
        { id: 'hospital', roles: ['professional'], manages: true },
        { id: 'clinic', roles: ['structure-admin'], manages: false },
      ],
      structureChosen: false,
    });
    expect(seen({ structureChosen: true }).structureChosen).toBe(true);
  });

  it('shows that it may only add a means, and that a recovery code opened it', () => {
    const proof: Session['proof'] = { limitedTo: 'enrolment', recovered: true };
    expect(sessionView({ ...SESSION, proof })).toMatchObject({ limitedTo: 'enrolment', recovered: true });
  });

  it('asks for no code where its means needs none', () => {
    expect(sessionView({ ...SESSION, codeValidUntilAt: null }).codeValidUntil).toBeNull();
  });

  it('adds what was proved since the sign-in, each word once', () => {
    const confirmations: Session['proof']['confirmations'] = [
      { by: 'sms', at: AT },
      { by: 'passkey', at: AT, amr: ['hwk', 'user', 'mfa'] },
    ];
    const amrOf = (amr: string[]) => sessionView({ ...SESSION, amr, proof: { confirmations } }).amr;
    expect(amrOf(['pwd', 'sms', 'mfa'])).toEqual(['pwd', 'sms', 'mfa', 'hwk', 'user']);
    expect(amrOf(['pwd'])).toEqual(['pwd', 'sms', 'mfa', 'hwk', 'user']);
  });

  it.each([
    ['mail', ['pwd', 'mail']],
    ['sms', ['pwd', 'sms', 'mfa']],
    ['otp', ['pwd', 'totp', 'mfa']],
  ] as const)('says of a code given since the sign-in how it came, as an ID token does: %s', (by, amr) => {
    const proof: Session['proof'] = { confirmations: [{ by, at: AT }] };
    expect(sessionView({ ...SESSION, amr: ['pwd'], proof }).amr).toEqual(amr);
  });

  it('adds nothing without a later proof, or for a passkey without a name', () => {
    const silent: Session['proof'] = { confirmations: [{ by: 'passkey', at: AT }] };
    for (const proof of [{}, silent])
      expect(sessionView({ ...SESSION, amr: ['pwd'], proof }).amr).toEqual(['pwd']);
  });
});
