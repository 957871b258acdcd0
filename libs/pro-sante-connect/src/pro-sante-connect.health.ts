import { Injectable } from '@nestjs/common';
import { ProviderDiscoveryService } from './provider/provider-discovery.service';

/** For who operates: whether Pro Santé Connect answers, and with which certificate it is asked. */
@Injectable()
export class ProSanteConnectHealth {
  constructor(private readonly provider: ProviderDiscoveryService) {}

  /** @throws AppError `means.unavailable`, whose message says why */
  async ping(): Promise<void> {
    await this.provider.find();
  }

  /**
   * Asks it at this moment, where {@link ping} takes what was found within the hour.
   *
   * @throws AppError `means.unavailable`
   */
  ask(): Promise<void> {
    return this.provider.ask();
  }

  /** Our own certificate, replaced before it ends. */
  renewCertificate(pair: { cert: string; key: string }): void {
    this.provider.renewCertificate(pair);
  }
}
