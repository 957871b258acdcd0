import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, MINUTE, ScheduledJob } from '@portillon/kernel';
import { DirectoryClientService } from './directory-client.service';
import { DirectoryFeedService } from './directory-feed.service';

/** Hours of UTC in which the directory is read: the night in mainland France. */
const UNTIL_HOUR = 5;

/** Reads what the Annuaire Santé shows otherwise, at night, in one instance at a time. It changes no account. */
@Injectable()
export class DirectoryFeedJob extends ScheduledJob {
  constructor(
    private readonly client: DirectoryClientService,
    private readonly feed: DirectoryFeedService,
    private readonly clock: Clock,
  ) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      if (this.client.isOffered && this.#isNight()) await this.feed.read(() => this.#isNight());
    });
  }

  #isNight(): boolean {
    return this.clock.now().getUTCHours() < UNTIL_HOUR;
  }
}
