import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import type { ApplicationEntity } from '../application.entity';
import { ADDRESS_RULES, type AddressRules } from '../application.options';
import { ApplicationRepository } from '../application.repository';
import { isLoopbackHost } from '../application-uri.policy';

/** Fields with addresses to which people are sent. */
const FIELDS = ['redirectUris', 'postLogoutRedirectUris', 'initiateLoginUri', 'homeUri'] as const;
type Addresses = Partial<Pick<ApplicationEntity, (typeof FIELDS)[number]>>;

/**
 * Owners of hosts. Otherwise a structure could register another application's page as its own address, and receive
 * codes there.
 */
@Injectable()
export class ApplicationHostService {
  constructor(
    private readonly applications: ApplicationRepository,
    @Inject(ADDRESS_RULES) private readonly rules: AddressRules,
  ) {}

  /**
   * Refuses hosts of this service and of pages of other structures. Addresses that are registered already stay.
   *
   * @throws AppError `validation.failed` naming every field with such an address
   */
  async requireFree(structureIds: readonly string[], before: Addresses, asked: Addresses): Promise<void> {
    const added = FIELDS.map((field) => {
      const known = hostsOf(before[field]);
      return { field, hosts: hostsOf(asked[field]).filter((host) => !known.includes(host)) };
    }).filter(({ hosts }) => hosts.length > 0);
    if (added.length === 0) return;
    const taken = new Set([...this.rules.ownHosts, ...(await this.#hostsBeyond(structureIds))]);
    const wrong = added.filter(({ hosts }) => hosts.some((host) => taken.has(host)));
    if (wrong.length > 0) throw refusal(wrong.map(({ field }) => field));
  }

  async #hostsBeyond(structureIds: readonly string[]): Promise<string[]> {
    const others = await this.applications.findPagesOfOthers(structureIds);
    return others.flatMap(({ redirectUris }) => hostsOf(redirectUris));
  }
}

/**
 * A loopback host belongs to everyone, and a final dot does not make another host. Malformed addresses are refused
 * elsewhere.
 */
function hostsOf(addresses: string | string[] | null | undefined): string[] {
  const readable = [addresses ?? []].flat().filter((one) => URL.canParse(one));
  const hosts = readable.map((one) => new URL(one).hostname.replace(/\.$/, ''));
  return hosts.filter((host) => host !== '' && !isLoopbackHost(host));
}

function refusal(fields: string[]): AppError {
  const errors = fields.map((field) => ({ field, code: 'host-taken', message: `${field} is not valid` }));
  return new AppError('validation.failed', { errors });
}
