import { Inject, Injectable } from '@nestjs/common';
import { NotificationService } from '@portillon/notification';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { Service } from './service.dto';

/** What the deployment says of itself to anyone who opens it. */
@Injectable()
export class ServiceDescription {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly notifications: NotificationService,
  ) {}

  read(): Service {
    const { serviceName, operatorName, demo, codeWindowHours, cpx, supportEmail } = this.settings;
    return {
      name: serviceName,
      operator: operatorName,
      demo,
      codeWindowHours,
      smsAvailable: this.notifications.available('SMS'),
      cardUrl: cpx?.url ?? null,
      supportEmail,
    };
  }
}
