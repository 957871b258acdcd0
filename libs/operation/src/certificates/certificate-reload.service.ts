import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CardServerService, TrustedAuthoritiesService } from '@portillon/cpx';
import { DatabaseAuthorityService } from '@portillon/persistence';
import { ProviderDiscoveryService } from '@portillon/pro-sante-connect';
import { certificatesOf } from '@portillon/http';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';

/**
 * Reads the certificate files again when an operator sends SIGHUP. Open connections keep their certificate. When a file is
 * unusable, logs the fault and keeps the previous certificate. Revocation lists need no signal.
 */
@Injectable()
export class CertificateReloadService {
  readonly #logger = new Logger('Certificates');

  constructor(
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly cardServer: CardServerService,
    private readonly authorities: TrustedAuthoritiesService,
    private readonly proSanteConnect: ProviderDiscoveryService,
    private readonly database: DatabaseAuthorityService,
  ) {}

  /** Whether there is a file to read again. */
  get hasFiles(): boolean {
    const { tls, cpx, proSanteConnect, database } = this.options;
    return (
      Boolean(tls ?? cpx ?? database.tls.caFile) || 'certFile' in (proSanteConnect?.authentication ?? {})
    );
  }

  /** `server`: the public server; a worker has none. */
  reload(server?: Server): void {
    if (server) this.#try('TLS_CERT_FILE', () => this.#renewServer(server));
    this.#try('CPX_TRUST_FILE', () => this.#renewAuthorities());
    this.#try('PSC_CLIENT_CERT', () => this.#renewClient());
    this.#try('DATABASE_CA_FILE', () => this.#renewDatabase());
  }

  #renewServer(server: Server): boolean {
    const { tls, cpx } = this.options;
    if (!tls) return false;
    const pair = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
    // Checked as a pair first: a server would accept the certificate and then refuse the key.
    createSecureContext(pair);
    if (server instanceof TlsServer) server.setSecureContext(pair);
    if (cpx?.port) this.cardServer.renew({ ...pair, ca: readFileSync(cpx.trustFile, 'utf8') });
    return true;
  }

  #renewAuthorities(): boolean {
    const { cpx } = this.options;
    if (!cpx) return false;
    this.authorities.renew(readFileSync(cpx.trustFile, 'utf8'));
    return true;
  }

  #renewClient(): boolean {
    const client = this.options.proSanteConnect?.authentication;
    if (!client || !('certFile' in client)) return false;
    const pair = { cert: readFileSync(client.certFile, 'utf8'), key: readFileSync(client.keyFile, 'utf8') };
    createSecureContext(pair);
    this.proSanteConnect.renewCertificate(pair);
    return true;
  }

  #renewDatabase(): boolean {
    const { caFile } = this.options.database.tls;
    if (!caFile) return false;
    const ca = readFileSync(caFile, 'utf8');
    certificatesOf(ca);
    this.database.renew(ca);
    return true;
  }

  #try(setting: string, renew: () => boolean): void {
    try {
      if (renew()) this.#logger.log(`${setting} was read again`);
    } catch (error) {
      this.#logger.error(`${setting} is unusable now, the previous one stays: ${(error as Error).message}`);
    }
  }
}
