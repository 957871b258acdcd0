import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { ShownBranding, shownBranding, StructureService } from '@portillon/structure';
import type { Client } from '@portillon/http';
import type { EntityManager } from 'typeorm';

/** What a client's address reveals about its location, before the user is known. */
export interface Workplace {
  /** Whether several people use the computer. */
  shared: boolean;
  /** The branding of the structure at that address. */
  branding: ShownBranding | undefined;
  /** The structures that named the address. */
  structureIds: readonly string[];
}

/** The structures that named the address of a client as their own. */
@Injectable()
export class WorkplaceService {
  constructor(private readonly structures: StructureService) {}

  /** Of several structures behind one address the strictest rule counts. None shows its branding: it could mislead. */
  async at({ address }: Pick<Client, 'address'>, tx?: EntityManager): Promise<Workplace> {
    const structures = await this.structures.at(address, tx);
    const [only, ...others] = structures;
    return {
      shared: structures.some((one) => one.sharedWorkstations),
      branding: only && others.length === 0 ? shownBranding(only) : undefined,
      structureIds: structures.map(({ id }) => id),
    };
  }

  /** The only structure of a person with several at whose address this client is; one statement for them alone. */
  async structureOf(
    { memberships }: Pick<SignInAccount, 'memberships'>,
    client: Pick<Client, 'address'>,
    tx: EntityManager,
  ): Promise<string | undefined> {
    if (memberships.length < 2) return undefined;
    const { structureIds } = await this.at(client, tx);
    const [only, ...others] = memberships.filter(({ structure }) => structureIds.includes(structure.id));
    return others.length === 0 ? only?.structure.id : undefined;
  }
}
