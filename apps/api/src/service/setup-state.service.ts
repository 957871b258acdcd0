import { Inject, Injectable } from '@nestjs/common';
import { SetupProgressService } from '@portillon/administration';
import { CardVerifierService } from '@portillon/cpx';
import { ChannelHealthService, NotificationChannel } from '@portillon/notification';
import { ProSanteConnectHealth } from '@portillon/pro-sante-connect';
import { examineCards, examineProSanteConnect } from '../diagnosis/strong-means.examination';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { SetupState } from './setup-state.dto';
import { setupState, setupSteps } from './setup-step.policy';

/** How far the first hour of this service has come. */
@Injectable()
export class SetupStateService {
  constructor(
    private readonly progress: SetupProgressService,
    private readonly channels: ChannelHealthService,
    private readonly proSanteConnect: ProSanteConnectHealth,
    private readonly cards: CardVerifierService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async read(): Promise<SetupState> {
    const [progress, channels, ecps, cards] = await Promise.all([
      this.progress.read(),
      this.channels.health(),
      examineProSanteConnect(this.settings, this.proSanteConnect),
      examineCards(this.settings, this.cards),
    ]);
    const status = (channel: NotificationChannel) => channels.find((one) => one.channel === channel)!.status;
    const { settings } = this;
    const facts = { settings, progress, mail: status('EMAIL'), sms: status('SMS') };
    return setupState(setupSteps({ ...facts, findings: [ecps, ...cards] }));
  }
}
