import { Injectable } from '@nestjs/common';
import { ShownBranding, shownBranding, StructureService } from '@portillon/structure';
import type { Client } from '@portillon/http';

/** What a client's address reveals about its location, before the user is known. */
export interface Workplace {
  /** Whether several people use the computer. */
  shared: boolean;
  /** The branding of the structure at that address. */
  branding: ShownBranding | undefined;
}

/** The structures that named the address of a client as their own. */
@Injectable()
export class WorkplaceService {
  constructor(private readonly structures: StructureService) {}

  /** Of several structures behind one address the strictest rule counts. None shows its branding: it could mislead. */
  async at({ address }: Client): Promise<Workplace> {
    const structures = await this.structures.at(address);
    const [only, ...others] = structures;
    return {
      shared: structures.some((one) => one.sharedWorkstations),
      branding: only && others.length === 0 ? shownBranding(only) : undefined,
    };
  }
}
