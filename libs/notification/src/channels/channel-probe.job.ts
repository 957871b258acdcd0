import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { ChannelHealthService } from './channel-health.service';

const EVERY_MS = 10 * SECOND;

/** Detects that mail or SMS are available again, so that no person's message has to test it. */
@Injectable()
export class ChannelProbeJob extends ScheduledJob {
  constructor(private readonly channels: ChannelHealthService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.channels.probe());
  }
}
