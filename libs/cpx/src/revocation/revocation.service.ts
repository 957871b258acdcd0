import { Injectable } from '@nestjs/common';
import type { CardRefusal } from '../card.types';
import type { Certificate } from '../certificate/certificate';
import { OcspService } from './ocsp.service';
import { RevocationListService } from './revocation-list.service';
import type { RevocationStatus } from './revocation-entries';

/** Whether a card was revoked: every source that was configured must say that it is good; silence is a refusal. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly lists: RevocationListService,
    private readonly ocsp: OcspService,
  ) {}

  /** `chain`: the authorities above the certificate, nearest first. */
  async refusal(certificate: Certificate, chain: Certificate[]): Promise<CardRefusal | undefined> {
    const said = await this.#said(certificate, chain);
    if (said.includes('revoked')) return 'revoked';
    return said.length > 0 && said.every((one) => one === 'good') ? undefined : 'revocation-unknown';
  }

  async #said(certificate: Certificate, [issuer, ...above]: Certificate[]): Promise<RevocationStatus[]> {
    const said: RevocationStatus[] = [];
    if (this.lists.used) said.push(await this.lists.status(certificate, issuer!));
    if (this.lists.used && above[0] && (await this.lists.covers(above[0])))
      said.push(await this.lists.status(issuer!, above[0]));
    if (this.ocsp.used && !said.includes('revoked')) said.push(await this.ocsp.status(certificate, issuer!));
    return said;
  }
}
