import type { AccountService } from '@portillon/account';
import type { Account } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { SecurityChangeService } from '@portillon/access';
import type { EnrolmentProofService } from '@portillon/auth';
import type { FactorResetService } from '@portillon/access';
import type { BegunTotp, ProvenTotp, TotpEnrolmentService, TotpService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { Session } from '@portillon/session';
import type { SessionService } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { OwnTotpService } from './own-totp.service';
import { CLAIRE, SESSION } from '../testing/codes.fixture';

const BEGUN: BegunTotp = { secret: 'SECRET', uri: 'otpauth://totp/' };

interface World {
  account?: Account;
  proof?: AppError;
  begun?: boolean;
  right?: boolean;
  first?: boolean;
  had?: boolean;
}

function owning({
  account = CLAIRE,
  proof,
  begun = true,
  right = true,
  first = true,
  had = true,
}: World = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const notified: string[] = [];
  const service = new OwnTotpService(
    steps.of<EnrolmentProofService>('proofs', {
      requireForApp: async () => (proof ? Promise.reject(proof) : account),
    }),
    steps.of<TotpEnrolmentService>('enrolment', {
      begin: async () => (begun ? BEGUN : undefined),
      check: async () => (right ? ({} as ProvenTotp) : undefined),
      confirm: async () => first,
    }),
    steps.of<TotpService>('totp', { end: async () => had }),
    new SecurityChangeService(
      steps.transactions,
      steps.of<AccountService>('accounts', { lockRow: async () => undefined }),
      steps.of<SessionService>('sessions', { isOpen: async () => true }),
      steps.of<FactorResetService>('others', { endOthers: async () => undefined }),
      steps.of<SecurityNoticeService>('notices', {
        notify: async (kind, { id }) => void notified.push(`${kind} ${id}`),
      }),
      audit,
    ),
  );
  return { steps, lines, notified, service };
}

describe('an authenticator app of « Mon compte »', () => {
  it('is begun in the transaction of a change', async () => {
    const { steps, service } = owning();
    expect(await service.begin(SESSION, undefined, CLIENT)).toBe(BEGUN);
    expect(steps.taken).toContain('sessions.isOpen(tx)');
    expect(steps.taken).toContain('enrolment.begin(tx)');
  });

  it('is given no secret by a stolen session', async () => {
    const proof = new AppError('password.confirmation-required');
    const { steps, service } = owning({ proof });
    await expect(service.begin(SESSION, undefined, CLIENT)).rejects.toBe(proof);
    expect(steps.taken).not.toContain('enrolment.begin(tx)');
  });

  it('is not replaced: the one that is there is removed first', async () => {
    const { service } = owning({ begun: false });
    await expect(service.begin(SESSION, undefined, CLIENT)).rejects.toMatchObject({ code: 'totp.exists' });
  });

  it('is stored with its first code in one transaction: all else ends, mail and journal say so', async () => {
    const { steps, lines, notified, service } = owning();
    await service.confirm(SESSION, '482913', CLIENT);
    expect(steps.taken).toEqual([
      'enrolment.check',
      'begin',
      'accounts.lockRow(tx)',
      'sessions.isOpen(tx)',
      'enrolment.confirm(tx)',
      'others.endOthers(tx)',
      'notices.notify(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect([notified, lines]).toEqual([['totp-added claire'], ['totp_added']]);
  });

  it.each([{ right: false }, { first: false }])(
    'is not kept with a wrong code, nor twice: %j',
    async (world) => {
      const { notified, service } = owning(world);
      await expect(service.confirm(SESSION, '482913', CLIENT)).rejects.toMatchObject({
        code: 'totp.rejected',
      });
      expect(notified).toEqual([]);
    },
  );

  it('ends with everything else, once', async () => {
    const { lines, notified, service } = owning();
    await service.end(SESSION, CLIENT);
    expect([notified, lines]).toEqual([['totp-removed claire'], ['totp_removed']]);
    await expect(owning({ had: false }).service.end(SESSION, CLIENT)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is not removed by a session that may only add a means, but by one of a recovery code: the phone is lost', async () => {
    const limited: Session = { ...SESSION, proof: { limitedTo: 'enrolment' } };
    const { lines, service } = owning();
    await expect(service.end(limited, CLIENT)).rejects.toMatchObject({ code: 'enrolment.required' });
    await service.end({ ...limited, proof: { ...limited.proof, recovered: true } }, CLIENT);
    expect(lines).toEqual(['totp_removed']);
  });
});
