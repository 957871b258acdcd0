import { Injectable } from '@nestjs/common';
import { Provider } from './provider';

/** For who operates: whether Pro Santé Connect answers, and with which certificate it is asked. */
@Injectable()
export class ProSanteConnectHealth {
  constructor(private readonly provider: Provider) {}

  /** @throws AppError `means.unavailable`, whose message says why */
  ping(): Promise<void> {
    return this.provider.reach();
  }

  /** Our own certificate, replaced before it ends. */
  renewCertificate(pair: { cert: string; key: string }): void {
    this.provider.renewCertificate(pair);
  }
}
