import { Injectable } from '@nestjs/common';
import { StructureService } from '@portillon/account';
import type { Client } from '@portillon/http';

/** Whether several people use the computer that asks, before any of them is known. */
@Injectable()
export class SharedWorkstationService {
  constructor(private readonly structures: StructureService) {}

  /** By its address: of several structures behind one, the strictest counts. */
  async serves({ address }: Client): Promise<boolean> {
    const structures = await this.structures.at(address);
    return structures.some((one) => one.sharedWorkstations);
  }
}
