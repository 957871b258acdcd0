import { Injectable } from '@nestjs/common';
import type { FactorPresence } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';

/** Who has a recovery code left. Whether the deployment takes one, the policy knows. */
@Injectable()
export class RecoveryCodeFactorService implements FactorPresence {
  constructor(private readonly codes: RecoveryCodeService) {}

  async isHeldBy(accountId: string): Promise<boolean> {
    return (await this.codes.unused(accountId)).length > 0;
  }
}
