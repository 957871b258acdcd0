import { Injectable } from '@nestjs/common';
import type { FactorPresence } from '@portillon/access';
import { TotpService } from '@portillon/authenticator';

/** Who has an authenticator app, as long as the deployment takes them. */
@Injectable()
export class TotpFactorService implements FactorPresence {
  constructor(private readonly totp: TotpService) {}

  async holders(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.totp.holders(accountIds));
  }
}
