import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { PasskeyService } from './passkey/passkey.service';
import type { AcceptedMeans, Passkey } from './passkey/passkey.types';
import { RecoveryCodeService } from './recovery-code/recovery-code.service';
import type { RecoveryCodeState } from './recovery-code/recovery-code.types';
import { TotpService } from './totp/totp.service';

/** What was ended. */
export interface EndedMeans {
  passkeys: number;
  totp: boolean;
  recoveryCodes: boolean;
}

/** What a person holds, without its secrets. */
export interface HeldMeans {
  passkeys: Passkey[];
  /** Since when an authenticator app gives the codes. */
  totpConfirmedAt: Date | null;
  recoveryCodes: RecoveryCodeState | null;
}

/** All that a person holds, where it counts or goes together: when factors are reset. */
@Injectable()
export class AuthenticatorService {
  constructor(
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodeService,
  ) {}

  /** Which of these people, at most 1,000, have a means that counts. */
  async holders(accountIds: readonly string[], accepted: AcceptedMeans): Promise<Set<string>> {
    const passkeys = await this.passkeys.holders(accountIds, accepted);
    const apps = accepted.totp ? await this.totp.holders(accountIds) : [];
    return new Set([...passkeys, ...apps]);
  }

  /** The same of everybody: queries that give ids of accounts, for a statement that counts these. */
  holdersQueries(accepted: AcceptedMeans): SelectQueryBuilder<ObjectLiteral>[] {
    const apps = accepted.totp ? this.totp.holdersQueries() : [];
    return [...this.passkeys.holdersQueries(accepted), ...apps];
  }

  async heldBy(accountId: string): Promise<HeldMeans> {
    return {
      passkeys: await this.passkeys.list(accountId),
      totpConfirmedAt: (await this.totp.confirmedAt(accountId)) ?? null,
      recoveryCodes: (await this.recoveryCodes.stateOf(accountId)) ?? null,
    };
  }

  async endAll(accountId: string, tx: EntityManager): Promise<EndedMeans> {
    return {
      passkeys: await this.passkeys.endAll(accountId, tx),
      totp: await this.totp.end(accountId, tx),
      recoveryCodes: await this.recoveryCodes.end(accountId, tx),
    };
  }
}
