import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { ChannelHealthService } from './channel-health.service';

const EVERY_MS = 10 * SECOND;

/** Finds out whether mail and SMS that were down are back, so that no person's message has to. */
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
