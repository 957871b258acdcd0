import { Injectable } from '@nestjs/common';
import { PasskeyService, RecoveryCodeService, TotpService } from '@portillon/authenticator';
import type { Administrator } from '../rights/administrator.types';
import { FactorEndService } from './factor-end.service';

/** The passkeys, the authenticator app and the recovery codes of an account, which an administrator can end. */
@Injectable()
export class AccountFactorService {
  constructor(
    private readonly ends: FactorEndService,
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodeService,
  ) {}

  /** @throws AppError `not-found`, `permission.denied` */
  endPasskey(administrator: Administrator, accountId: string, passkeyId: string, reason?: string) {
    return this.ends.end(administrator, accountId, {
      event: 'passkey_removed',
      notice: 'passkey-ended',
      reason,
      data: { passkeyId },
      remove: (owner, tx) => this.passkeys.end(owner, passkeyId, tx),
    });
  }

  /** @throws AppError `not-found`, `permission.denied` */
  endTotp(administrator: Administrator, accountId: string, reason?: string) {
    return this.ends.end(administrator, accountId, {
      event: 'totp_removed',
      notice: 'totp-removed',
      reason,
      remove: (owner, tx) => this.totp.end(owner, tx),
    });
  }

  /** @throws AppError `not-found`, `permission.denied` */
  endRecoveryCodes(administrator: Administrator, accountId: string, reason?: string) {
    return this.ends.end(administrator, accountId, {
      event: 'recovery_codes_ended',
      notice: 'recovery-codes-ended',
      reason,
      remove: (owner, tx) => this.recoveryCodes.end(owner, tx),
    });
  }
}
