import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { SecurityChangeService } from '@portillon/access';
import type { EnrolmentProofService } from '@portillon/auth';
import type { FactorResetService } from '@portillon/access';
import type { RecoveryCodeService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { SessionService } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { OwnRecoveryCodeService } from './own-recovery-code.service';
import { CLAIRE, SESSION } from '../testing/codes.fixture';

const CODES = ['7ZQK-0M4T-9RXB-2HWE'];

function owning({ proof, had = true }: { proof?: AppError; had?: boolean } = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const notified: string[] = [];
  const service = new OwnRecoveryCodeService(
    steps.of<EnrolmentProofService>('proofs', {
      require: async () => (proof ? Promise.reject(proof) : CLAIRE),
    }),
    steps.of<RecoveryCodeService>('codes', { replace: async () => CODES, end: async () => had }),
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

describe('the recovery codes of « Mon compte »', () => {
  it('are made in the transaction of a change: all else ends, their person is notified, the journal has it', async () => {
    const { steps, lines, notified, service } = owning();
    expect(await service.create(SESSION, undefined, CLIENT)).toBe(CODES);
    expect(steps.taken).toContain('codes.replace(tx)');
    expect(steps.taken).toContain('others.endOthers(tx)');
    expect([notified, lines]).toEqual([['recovery-codes-created claire'], ['recovery_codes_created']]);
  });

  it('are not given to a stolen session, and the account holder’s own stay', async () => {
    const proof = new AppError('password.confirmation-required');
    const { steps, service } = owning({ proof });
    await expect(service.create(SESSION, undefined, CLIENT)).rejects.toBe(proof);
    expect(steps.taken).not.toContain('codes.replace(tx)');
  });

  it('end with everything else, once', async () => {
    const { lines, notified, service } = owning();
    await service.end(SESSION, CLIENT);
    expect([notified, lines]).toEqual([['recovery-codes-ended claire'], ['recovery_codes_ended']]);
    const none = owning({ had: false });
    await expect(none.service.end(SESSION, CLIENT)).rejects.toMatchObject({ code: 'not-found' });
    expect(none.notified).toEqual([]);
  });
});
