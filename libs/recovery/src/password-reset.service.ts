import { Injectable } from '@nestjs/common';
import { ResetRequestService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { ResetLimitService } from './reset-limit.service';

/**
 * Forgotten passwords. A request costs the same for every name, known or not: one count and one row. `PasswordResetJob`
 * finds the account later, where response times reveal nothing.
 */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly limits: ResetLimitService,
    private readonly requests: ResetRequestService,
  ) {}

  /** @throws AppError `attempts.exceeded` when the address block asks too often, known name or not */
  async request(name: string, client: Client): Promise<void> {
    await this.limits.countRequest(client);
    await this.requests.ask({ name, client });
  }
}
