import { Injectable, OnModuleInit } from '@nestjs/common';
import { SecondFactorRegistry } from '@portillon/access';
import { TotpService } from '@portillon/authenticator';

/** Tells `auth` who has an authenticator app, as long as the deployment takes them. */
@Injectable()
export class TotpFactorService implements OnModuleInit {
  constructor(
    private readonly factors: SecondFactorRegistry,
    private readonly totp: TotpService,
  ) {}

  onModuleInit(): void {
    if (!this.totp.offered) return;
    this.factors.register('totp', async (accountId) => Boolean(await this.totp.confirmedAt(accountId)));
  }
}
