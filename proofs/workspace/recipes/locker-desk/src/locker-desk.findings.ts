import { Inject, Injectable } from '@nestjs/common';
import type { Finding, FindingSource } from '@portillon/kernel';
import { LOCKER_DESK_OPTIONS, type LockerDeskOptions } from './locker-desk.options';

/** How long lockers stay open. */
@Injectable()
export class LockerDeskFindings implements FindingSource {
  readonly subject = 'lockers';

  constructor(@Inject(LOCKER_DESK_OPTIONS) private readonly options: LockerDeskOptions) {}

  async find(): Promise<Finding> {
    return { state: 'well', text: `lockers stay open for ${this.options.hours} hours` };
  }
}
