import { Inject, Injectable } from '@nestjs/common';
import { brandingView, WorkplaceService } from '@portillon/access';
import { LegalNoticeService } from '@portillon/administration-setup';
import { ShownBranding } from '@portillon/structure';
import type { Client } from '@portillon/http';
import { ChannelService, NotificationService } from '@portillon/notification';
import { InteractionBrandingService } from '@portillon/openid';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import type { Service } from './service.dto';

/** Describes the deployment to anyone who opens it, depending on their network and application. */
@Injectable()
export class ServiceDescription {
  constructor(
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly notifications: NotificationService,
    private readonly health: ChannelService,
    private readonly workplaces: WorkplaceService,
    private readonly interactions: InteractionBrandingService,
    private readonly notices: LegalNoticeService,
  ) {}

  /** `request`: the id of the application request that sent the browser here, if any. */
  async read(client: Client, request?: string): Promise<Service> {
    const { serviceName, operatorName, demo, codeWindowHours, cpx, supportEmail } = this.options;
    // Pages also open when the database is down: they report it themselves.
    const [workplace, accessibility] = await Promise.all([
      this.workplaces.at(client).catch(() => undefined),
      this.notices.accessibilityState().catch(() => undefined),
    ]);
    // The workplace's branding wins: users know where they are, but may not know which application sent them.
    const branding = workplace?.branding ?? (await this.#brandingOf(request));
    return {
      name: serviceName,
      operator: operatorName,
      demo,
      codeWindowHours,
      smsAvailable: this.notifications.available('SMS'),
      mailFailingSince: this.health.failingSince('EMAIL') ?? null,
      cardUrl: cpx?.url ?? null,
      supportEmail,
      sharedWorkstation: workplace?.shared ?? false,
      face: branding ? brandingView(branding) : null,
      accessibility,
    };
  }

  /** Returns the branding of the application that sent the browser here. */
  #brandingOf(request: string | undefined): Promise<ShownBranding | undefined> | undefined {
    return request === undefined ? undefined : this.interactions.of(request).catch(() => undefined);
  }
}
