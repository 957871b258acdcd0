import { Injectable } from '@nestjs/common';
import { ApplicationService, type GatedApplication } from '@portillon/application';
import type { SuspiciousRequest } from '../proxies/gated-request.types';
import { ownsOrigin } from '../sign-in/callback-path';

/** Whether requests arrive at all: noted once for each application, for those who set it up. */
@Injectable()
export class FirstRequestService {
  constructor(private readonly applications: ApplicationService) {}

  /** Writes nothing after the first: the check has read that there was one. */
  async note({ id, firstSeenAt }: GatedApplication, proxy: string): Promise<void> {
    if (firstSeenAt === null) await this.applications.recordFirstRequest(id, plain(proxy));
  }

  /**
   * Records the first request of an application. Anyone can claim an origin, so it stores only the connection's address, of an
   * application without an answered request. It writes the same address only once.
   */
  async recordSuspicious(request: SuspiciousRequest): Promise<void> {
    const proxy = plain(request.proxy);
    const found = await this.applications.atOrigin(request.origin);
    if (!found || found.firstSeenAt || found.seenFrom === proxy || !ownsOrigin(found, request.origin)) return;
    await this.applications.recordSuspiciousProxy(found.id, proxy);
  }
}

/** IPv4 in IPv6 clothes as one reads it in `GATE_PROXIES`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
