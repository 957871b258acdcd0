import { Inject, Injectable } from '@nestjs/common';
import { faceView, WorkplaceService } from '@portillon/access';
import { LegalNoticeService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { NotificationService } from '@portillon/notification';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { Service } from './service.dto';

/** What the deployment says of itself to anyone who opens it, by where they are. */
@Injectable()
export class ServiceDescription {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly notifications: NotificationService,
    private readonly workplaces: WorkplaceService,
    private readonly notices: LegalNoticeService,
  ) {}

  async read(client: Client): Promise<Service> {
    const { serviceName, operatorName, demo, codeWindowHours, cpx, supportEmail } = this.settings;
    // Pages open while the database is away: they say so themselves.
    const [workplace, accessibility] = await Promise.all([
      this.workplaces.at(client).catch(() => undefined),
      this.notices.accessibilityState().catch(() => undefined),
    ]);
    return {
      name: serviceName,
      operator: operatorName,
      demo,
      codeWindowHours,
      smsAvailable: this.notifications.available('SMS'),
      cardUrl: cpx?.url ?? null,
      supportEmail,
      sharedWorkstation: workplace?.shared ?? false,
      face: workplace?.face ? faceView(workplace.face) : null,
      accessibility,
    };
  }
}
