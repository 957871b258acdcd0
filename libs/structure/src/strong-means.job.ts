import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { StructureService } from './structure.service';

/** Records which dates of strong means have come. */
@Injectable()
export class StrongMeansJob extends ScheduledJob {
  constructor(private readonly structures: StructureService) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => void (await this.structures.recordStrongMeans()));
  }
}
