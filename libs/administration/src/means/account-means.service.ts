import { Injectable } from '@nestjs/common';
import { Passkey, PasskeyService, TotpService } from '@portillon/authenticator';
import { AdministeredAccountService } from '../accounts/administered-account.service';
import type { Administrator } from '../administrator.types';

/** What a person holds in an authenticator. */
export interface HeldMeans {
  /** Oldest first. */
  passkeys: Passkey[];
  /** Since when the person has an authenticator app. */
  totpConfirmedAt: Date | undefined;
}

/** The means of a person, as an administrator sees them. */
@Injectable()
export class AccountMeansService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
  ) {}

  /** @throws AppError `not-found` */
  async read(administrator: Administrator, accountId: string): Promise<HeldMeans> {
    const { id } = await this.administered.get(administrator, accountId);
    return {
      passkeys: await this.passkeys.list(id),
      totpConfirmedAt: await this.totp.confirmedAt(id),
    };
  }
}
