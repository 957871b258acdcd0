import { Injectable } from '@nestjs/common';
import { ChannelFindings } from '../channels/channel.findings';
import { ChannelService } from '../channels/channel.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    voice: { providers: { name: string; up: boolean; passedOver: boolean }[] };
  }
}

/** Whether calls can be made. */
@Injectable()
export class VoiceFindings extends ChannelFindings {
  readonly subject = 'voice';
  protected readonly channel = 'VOICE';
  protected readonly advice = 'check VOICE_URL';

  constructor(channels: ChannelService) {
    super(channels);
  }
}
