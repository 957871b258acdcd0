import { Injectable, OnModuleInit } from '@nestjs/common';
import { SecondFactorRegistry } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';

/** Tells `auth` who has a recovery code left. Whether the deployment takes one, `auth` knows. */
@Injectable()
export class RecoveryCodeFactorService implements OnModuleInit {
  constructor(
    private readonly factors: SecondFactorRegistry,
    private readonly codes: RecoveryCodeService,
  ) {}

  onModuleInit(): void {
    this.factors.register('recovery-code', async (id) => (await this.codes.unused(id)).length > 0);
  }
}
