import { Injectable } from '@nestjs/common';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import type { Administrator } from '@portillon/user-management';
import { AdminAccountDevices, devicesView } from './account-device.dto';
import { AdministeredAccountService } from '@portillon/user-management';

/** The sessions and the remembered browsers of a person. */
@Injectable()
export class AccountDeviceService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly sessions: SessionService,
    private readonly browsers: TrustedDeviceService,
  ) {}

  /** @throws AppError `not-found` for an account out of reach */
  async of(administrator: Administrator, id: string): Promise<AdminAccountDevices> {
    const account = await this.administered.read(administrator, id);
    const [sessions, browsers] = await Promise.all([
      this.sessions.list(account.id),
      this.browsers.list(account.id),
    ]);
    return devicesView(sessions, browsers);
  }
}
