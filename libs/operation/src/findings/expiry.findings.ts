import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import '@portillon/cpx';
import { certificatesOf } from '@portillon/http';
import {
  Clock,
  DAY,
  Finding,
  FindingOf,
  FindingRegistry,
  FindingSource,
  FindingState,
} from '@portillon/kernel';
import { PresentedCertificatesJob } from '../certificates/presented-certificates.job';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Ordered by expiry. */
    expiry: { expiries: Expiry[] };
  }
}

/** The expiry of a certificate or of a revocation list. */
export interface Expiry {
  /** `warning`: it is time to replace it. */
  state: FindingState;
  /** The setting that names its file, or the server that presents it. */
  setting: string;
  /** The subject of the certificate or list. */
  subject: string;
  /** Null when no valid one exists. */
  at: Date | null;
}

type Files = Record<string, string | null | undefined>;

/** A certificate authority needs days and a signature to issue a certificate. */
const CERTIFICATE_MARGIN_MS = 21 * DAY;
/** A list is fetched every hour, and is valid for a week. */
const LIST_MARGIN_MS = DAY;
const LISTS = 'CPX_CRL_FILES';
const UNREADABLE = 'its file, which cannot be read';
const WORST: FindingState[] = ['failing', 'warning', 'well'];

/** Expiries of certificates and revocation lists, from the current files and as servers present them. */
@Injectable()
export class ExpiryFindings implements FindingSource {
  readonly subject = 'expiry';
  readonly #files: Files;

  constructor(
    @Inject(OPERATION_OPTIONS) { tls, proSanteConnect, cpx, database }: OperationOptions,
    private readonly registry: FindingRegistry,
    private readonly presented: PresentedCertificatesJob,
    private readonly clock: Clock,
  ) {
    const client = proSanteConnect?.authentication;
    this.#files = {
      TLS_CERT_FILE: tls?.certFile,
      PSC_CLIENT_CERT: client && 'certFile' in client ? client.certFile : null,
      CPX_TRUST_FILE: cpx?.trustFile,
      DATABASE_CA_FILE: database.tls.caFile,
    };
  }

  async find(): Promise<FindingOf<'expiry'>> {
    const files = await Promise.all(Object.entries(this.#files).map((one) => this.#ofFile(...one)));
    const expiries = [...files.flat(), ...this.#ofServers(), ...(await this.#ofLists())].sort(
      (one, other) => timeOf(one) - timeOf(other),
    );
    const state = WORST.find((worst) => expiries.some((one) => one.state === worst)) ?? 'off';
    return { state, text: `${expiries.length} certificates and lists`, values: { expiries } };
  }

  /** Looks at the servers, and returns the first expiry for each setting. Cards have separate findings for valid and missing lists. */
  async check(): Promise<Finding[]> {
    await this.presented.look();
    const { expiries } = (await this.find()).values;
    const firsts = [...new Map(expiries.toReversed().map((one) => [one.setting, one])).values()].reverse();
    return firsts
      .filter(({ setting, state, at }) => setting !== LISTS || (at && state !== 'well'))
      .map(sentence);
  }

  async #ofFile(setting: string, file: string | null | undefined): Promise<Expiry[]> {
    if (!file) return [];
    try {
      const certificates = certificatesOf(await readFile(file, 'utf8'));
      return certificates.map(({ subject, validTo }) =>
        this.#expiry(setting, nameOf(subject), new Date(validTo), CERTIFICATE_MARGIN_MS),
      );
    } catch {
      // The file was valid at start: an operator is replacing it with an invalid one.
      return [this.#expiry(setting, UNREADABLE, null, 0)];
    }
  }

  #ofServers(): Expiry[] {
    return this.presented.latest.map(({ setting, subject, validTo }) =>
      this.#expiry(setting, subject, validTo, CERTIFICATE_MARGIN_MS),
    );
  }

  async #ofLists(): Promise<Expiry[]> {
    const { lists } = (await this.registry.find('cards')).values;
    return lists.map(({ authority, goodUntil }) => this.#expiry(LISTS, authority, goodUntil, LIST_MARGIN_MS));
  }

  #expiry(setting: string, subject: string, at: Date | null, marginMs: number): Expiry {
    const leftMs = (at?.getTime() ?? 0) - this.clock.now().getTime();
    const state = leftMs <= 0 ? 'failing' : leftMs < marginMs ? 'warning' : 'well';
    return { state, setting, subject, at };
  }
}

function sentence({ state, setting, subject, at }: Expiry): Finding {
  if (!at) return { state, text: `${setting}: ${subject}` };
  const text = `${setting}: ${subject} is good until ${at.toISOString().slice(0, 10)}`;
  if (state === 'well') return { state, text };
  return { state, text, advice: adviceOf(setting) };
}

function adviceOf(setting: string): string {
  if (setting === LISTS) return 'fetch it';
  return setting.endsWith('_URL') ? 'renew it on that server' : 'replace it, then SIGHUP';
}

/** `node:crypto` writes a subject with one line for each part. */
function nameOf(subject: string): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

function timeOf({ at }: Expiry): number {
  return at?.getTime() ?? 0;
}
