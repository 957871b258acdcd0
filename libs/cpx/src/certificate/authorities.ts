import { KeyUsageFlags } from '@peculiar/asn1-x509';
import { Certificate, isStrong, pemToDer, readCertificate } from './certificate';
import { allows, hasUnknownCritical, isAuthority } from './extensions';
import { Inject, Injectable } from '@nestjs/common';
import { CPX_OPTIONS, type CpxOptions } from '../cpx.options';

/** The fault of a PEM bundle of authorities, as words after its name; undefined when it is usable. */
export function trustBundleFault(bundle: string): string | undefined {
  try {
    Authorities.parse(bundle);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a bundle that can serve has an authority of applications' certificates. */
export function hasOrganisations(bundle: string): boolean {
  return Authorities.parse(bundle).all.some(isOfOrganisations);
}

const BLOCKS = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** A root, an authority of persons: deeper chains do not occur in IGC-Santé. */
const LONGEST_CHAIN = 4;
const COMMON_NAME = '2.5.4.3';
const UNIT = '2.5.4.11';
const PERSONS = /\bPERSONNES$/;
const ORGANISATIONS = /\bORGANISATIONS$/;

/** The authorities that this deployment trusts, and the ways up from a certificate to them. */
export class Authorities {
  private constructor(readonly all: readonly Certificate[]) {}

  /** @throws Error when the bundle holds something else than certificates of authorities, or none of persons. */
  static parse(bundle: string): Authorities {
    const certificates = (bundle.match(BLOCKS) ?? []).map((block) => readCertificate(pemToDer(block)!));
    if (certificates.some((one) => !one)) throw new Error('it holds a certificate that cannot be read');
    const all = certificates as Certificate[];
    if (!all.some(isOfPersons)) throw new Error('it holds no authority of cards (AC IGC-SANTE … PERSONNES)');
    return new Authorities(all);
  }

  /**
   * Returns the authorities above `certificate`, nearest first: each signed the one below. Undefined when its issuer is not
   * trusted, or a signature is invalid. Keys decide; names alone never do.
   */
  chainOf(certificate: Certificate): Certificate[] | undefined {
    const chain: Certificate[] = [];
    let below = certificate;
    while (chain.length < LONGEST_CHAIN) {
      const named = this.all.filter((one) => one.subjectDer.equals(below.issuerDer));
      // The highest one given is trusted as it is: it is in the operator's own file.
      if (named.length === 0) return chain.length > 0 ? chain : undefined;
      const issuer = named.find((one) => this.#issued(one, below, chain.length));
      if (!issuer) return undefined;
      if (issuer === below) return chain;
      chain.push(issuer);
      below = issuer;
    }
    return undefined;
  }

  /** Those that make cards. */
  get ofPersons(): Certificate[] {
    return this.all.filter(isOfPersons);
  }

  #issued(issuer: Certificate, below: Certificate, depth: number): boolean {
    const between = issuer === below ? depth - 1 : depth;
    return (
      isAuthority(issuer, between) &&
      allows(issuer, KeyUsageFlags.keyCertSign) &&
      !hasUnknownCritical(issuer) &&
      isStrong(below.structure.signatureAlgorithm.algorithm, issuer.publicKey) &&
      below.x509.verify(issuer.publicKey)
    );
  }
}

/** Only these make cards: `AC IGC-SANTE FORT PERSONNES`, never those of the organisations, which make servers'. */
export function isOfPersons(authority: Certificate): boolean {
  return values(authority, COMMON_NAME).some((name) => PERSONS.test(name));
}

/** These issue the certificates of servers and of applications, never of people. */
export function isOfOrganisations(authority: Certificate): boolean {
  return values(authority, COMMON_NAME).some((name) => ORGANISATIONS.test(name));
}

/** The names of the IGC-Santé test chain mark it as a test. */
export function isOfTests(authority: Certificate): boolean {
  const units = values(authority, UNIT);
  return (
    units.includes('IGC-SANTE TEST') || values(authority, COMMON_NAME).some((name) => /^TEST /.test(name))
  );
}

export function nameOf(authority: Certificate): string {
  return values(authority, COMMON_NAME).join(', ');
}

function values(certificate: Certificate, type: string): string[] {
  const names = certificate.structure.tbsCertificate.subject;
  return names.flatMap((rdn) => rdn.filter((one) => one.type === type).map((one) => one.value.toString()));
}

/** The authorities of the bundle that is in use now. */
@Injectable()
export class TrustedAuthoritiesService {
  #current: Authorities | undefined;

  /** @throws Error when the bundle of authorities cannot serve. */
  constructor(@Inject(CPX_OPTIONS) { enabled, trustBundle }: CpxOptions) {
    if (enabled) this.#current = Authorities.parse(trustBundle);
  }

  /** Undefined where cards are off. */
  get current(): Authorities | undefined {
    return this.#current;
  }

  /** Activates another bundle. @throws Error when it is unusable: the previous bundle stays. */
  renew(bundle: string): void {
    if (this.#current) this.#current = Authorities.parse(bundle);
  }
}
