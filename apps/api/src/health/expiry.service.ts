import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CardVerifierService } from '@portillon/cpx';
import { Clock, DAY } from '@portillon/kernel';
import { certificatesOf } from '../settings/pem-files';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { Expiry } from './expiry.types';

/** A certificate takes an authority days, and somebody's signature. */
const CERTIFICATE_MARGIN_MS = 21 * DAY;
/** A list is fetched every hour, and is good for a week. */
const LIST_MARGIN_MS = DAY;

/** What bites on a day that is known before: the ends of certificates and of revocation lists. */
@Injectable()
export class ExpiryService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly cards: CardVerifierService,
    private readonly clock: Clock,
  ) {}

  /** Of the files as they are now, the one that ends first first. */
  async all(): Promise<Expiry[]> {
    const files = await Promise.all(certificateFiles(this.settings).map((one) => expiriesOf(one)));
    return [...files.flat(), ...(await this.#lists())].sort((one, other) => timeOf(one) - timeOf(other));
  }

  /** Whether it is time to replace it. */
  isDue({ at, marginMs }: Expiry): boolean {
    return at === null || at.getTime() - this.clock.now().getTime() < marginMs;
  }

  async #lists(): Promise<Expiry[]> {
    const states = await this.cards.listStates();
    return states.map(({ authority, goodUntil }) => ({
      setting: 'CPX_CRL_FILES',
      subject: authority,
      at: goodUntil,
      marginMs: LIST_MARGIN_MS,
    }));
  }
}

interface NamedFile {
  setting: string;
  file: string;
}

function certificateFiles({ tls, proSanteConnect, cpx, database }: Settings): NamedFile[] {
  const client = proSanteConnect?.authentication;
  const files = {
    TLS_CERT_FILE: tls?.certFile,
    PSC_CLIENT_CERT: client && 'certFile' in client ? client.certFile : undefined,
    CPX_TRUST_FILE: cpx?.trustFile,
    DATABASE_CA_FILE: database.tls.caFile,
  };
  return Object.entries(files).flatMap(([setting, file]) => (file ? [{ setting, file }] : []));
}

async function expiriesOf({ setting, file }: NamedFile): Promise<Expiry[]> {
  const marginMs = CERTIFICATE_MARGIN_MS;
  try {
    const certificates = certificatesOf(await readFile(file, 'utf8'));
    return certificates.map((one) => ({
      setting,
      subject: nameOf(one),
      at: new Date(one.validTo),
      marginMs,
    }));
  } catch {
    // It was read at start: somebody is replacing it, badly.
    return [{ setting, subject: 'its file, which cannot be read', at: null, marginMs }];
  }
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

function timeOf({ at }: Expiry): number {
  return at?.getTime() ?? 0;
}
