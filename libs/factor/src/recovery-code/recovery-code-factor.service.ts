import { Injectable } from '@nestjs/common';
import type { FactorPresence } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';

/** Who has a recovery code left. Whether the deployment takes one, the policy knows. */
@Injectable()
export class RecoveryCodeFactorService implements FactorPresence {
  constructor(private readonly codes: RecoveryCodeService) {}

  holders(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.codes.holders(accountIds);
  }
}
