import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { PasskeyService } from './passkey/passkey.service';
import type { AcceptedMeans, Passkey } from './passkey/passkey.types';
import { RecoveryCodeService, type RecoveryCodeState } from './recovery-code/recovery-code.service';
import { TotpService } from './totp/totp.service';

/** The means that were ended. */
export interface EndedMeans {
  passkeys: number;
  totp: boolean;
  recoveryCodes: boolean;
}

/** The means of a person, without their secrets. */
export interface HeldMeans {
  passkeys: Passkey[];
  /** When the authenticator app was confirmed. */
  totpConfirmedAt: Date | null;
  recoveryCodes: RecoveryCodeState | null;
}

/** All means of a person together: to count them, and to reset factors. */
@Injectable()
export class AuthenticatorService {
  constructor(
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodeService,
  ) {}

  /** Ids of those of these people, at most 1,000, who have a means that counts. */
  async holders(accountIds: readonly string[], accepted: AcceptedMeans): Promise<Set<string>> {
    const passkeys = await this.passkeys.holders(accountIds, accepted);
    const apps = accepted.totp ? await this.totp.holders(accountIds) : [];
    return new Set([...passkeys, ...apps]);
  }

  /** As {@link holders} for everyone: queries that return account ids, for a counting statement. */
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

  /** Ends all means, or those that were added since a time. */
  async endAll(accountId: string, tx: EntityManager, since?: Date): Promise<EndedMeans> {
    return {
      passkeys: await this.passkeys.endAll(accountId, tx, since),
      totp: await this.totp.end(accountId, tx, since),
      recoveryCodes: await this.recoveryCodes.end(accountId, tx, since),
    };
  }
}
