import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { isOfOrganisations, isOfTests, TrustedAuthoritiesService } from './certificate/authorities';
import { Certificate, readCertificate, subjectDn } from './certificate/certificate';
import { dateRefusal, usageRefusal } from './certificate/extensions';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';
import { presentedCertificate } from './certificate/presented-certificate';
import { RevocationService } from './revocation/revocation.service';

/** A certificate that holds, of an application. */
export interface ApplicationCertificate {
  pem: string;
  /** RFC 4514. */
  subjectDn: string;
}

/**
 * The certificate by which an application authenticates (RFC 8705, 2.1). It is presented at the card's origin, and issued
 * by an ORGANISATIONS authority of the same bundle. A user's card never authenticates an application, nor the reverse.
 */
@Injectable()
export class ApplicationCertificateService {
  constructor(
    private readonly authorities: TrustedAuthoritiesService,
    private readonly revocation: RevocationService,
    private readonly clock: Clock,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /**
   * Returns undefined without a valid certificate. Runs the checks of a card's certificate except the holder's
   * identity.
   */
  async of(request: FastifyRequest): Promise<ApplicationCertificate | undefined> {
    const presentation = presentedCertificate(request, this.options);
    if (presentation.status !== 'presented') return undefined;
    const certificate = readCertificate(presentation.der);
    if (!certificate || !(await this.#holds(certificate))) return undefined;
    return { pem: certificate.x509.toString(), subjectDn: subjectDn(certificate) };
  }

  async #holds(certificate: Certificate): Promise<boolean> {
    try {
      const chain = this.authorities.current?.chainOf(certificate);
      if (!chain || !isOfOrganisations(chain[0]!)) return false;
      if (chain.some(isOfTests) && !this.options.allowTestCards) return false;
      if (dateRefusal(certificate, chain, this.clock.now()) ?? usageRefusal(certificate)) return false;
      return (await this.revocation.refusal(certificate, chain)) === undefined;
    } catch {
      // An extension that cannot be parsed where a reader expects it.
      return false;
    }
  }
}
