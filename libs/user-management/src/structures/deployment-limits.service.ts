import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { TotpService } from '@portillon/authenticator';
import { HOUR } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { DeploymentLimits } from './structure-requirement.policy';

/** The deployment's rules: a structure's may be stricter, never weaker. */
@Injectable()
export class DeploymentLimitsService {
  constructor(
    private readonly notifications: NotificationService,
    private readonly totp: TotpService,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  get limits(): DeploymentLimits {
    const { codeWindowMs, otherMeans } = this.options;
    return {
      smsAvailable: this.notifications.available('SMS'),
      codeWindowHours: codeWindowMs / HOUR,
      proSanteConnectOffered: otherMeans.includes('pro-sante-connect'),
      cardOffered: otherMeans.includes('cpx'),
      passkeysOffered: otherMeans.includes('passkey'),
      totpOffered: this.totp.offered,
    };
  }
}
