import { Injectable } from '@nestjs/common';
import { AuthenticatorService, HeldMeans } from '@portillon/authenticator';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The means of a person, as an administrator sees them. */
@Injectable()
export class AccountMeansService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly authenticators: AuthenticatorService,
  ) {}

  /** @throws AppError `not-found` */
  async read(administrator: Administrator, accountId: string): Promise<HeldMeans> {
    const { id } = await this.administered.read(administrator, accountId);
    return this.authenticators.heldBy(id);
  }
}
