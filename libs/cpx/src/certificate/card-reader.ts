import { Card, CardRefusal, CardType } from '../card.types';
import { Certificate } from './certificate';
import { extensionContent, principalNames } from './extensions';

/** Private extensions of the cards (domain of ASIP Santé). */
const CATEGORY = '1.2.250.1.71.1.2.5';
const TYPE = '1.2.250.1.71.1.2.2';
const SERIAL = '1.2.250.1.71.1.2.3';
const OCTET_STRING = 0x04;
const INTEGER = 0x02;
const PRINTABLE_STRING = 0x13;

const REAL_CATEGORY = 0x00;
const TEST_CATEGORIES = new Set([0x80, 0x82, 0x83]);
/** Directors' cards are of the type of their staff's: CDE with CPE, CDA with CPA (TRE_R87). */
const TYPES: Record<number, CardType> = { 0: 'CPS', 1: 'CPF', 2: 'CPE', 3: 'CPA' };

const OID = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
};
const UPN = /^(.+)@carte-cps\.fr$/i;
const NATIONAL_ID = /^[0-9A-Z][0-9A-Za-z./-]{3,31}$/;

/** Reads the card that an authentication certificate is of; its names may come in any order and share one RDN. */
export function readCard(certificate: Certificate): Card | CardRefusal {
  const category = extensionContent(certificate, CATEGORY, OCTET_STRING);
  const serial = extensionContent(certificate, SERIAL, PRINTABLE_STRING)?.toString('latin1');
  if (category?.length !== 1 || !serial) return 'not-a-card';
  const test = TEST_CATEGORIES.has(category[0]!);
  if (!test && category[0] !== REAL_CATEGORY) return 'not-a-card';
  const nationalId = nationalIdOf(certificate);
  if (!nationalId) return 'unclear-identity';
  return {
    nationalId,
    surname: only(certificate, OID.surname),
    givenName: only(certificate, OID.givenName),
    title: only(certificate, OID.title),
    cardType: typeOf(certificate),
    cardSerial: serial,
    structure: structureOf(certificate),
    test,
  };
}

/** A service card bears no name: its holder may be anyone. */
export function isNominative(card: Card): boolean {
  return card.surname !== null && card.givenName !== null;
}

/** The CN and the principal name, when there is one, must name the same person. */
function nationalIdOf(certificate: Certificate): string | undefined {
  const names = values(certificate, OID.commonName);
  const id = names[0];
  if (names.length !== 1 || !id || !NATIONAL_ID.test(id)) return undefined;
  const local = principalNames(certificate).flatMap((name) => UPN.exec(name)?.[1] ?? []);
  return local.every((one) => one === id || undotted(one) === id) ? id : undefined;
}

/** `8.99700434378` is another writing of `899700434378`. */
function undotted(local: string): string {
  return local.replace(/^(\d)\./, '$1');
}

function typeOf(certificate: Certificate): CardType {
  const type = extensionContent(certificate, TYPE, INTEGER);
  return (type?.length === 1 ? TYPES[type[0]!] : undefined) ?? 'unknown';
}

function structureOf(certificate: Certificate): Card['structure'] {
  const id = only(certificate, OID.unit);
  return id === null ? null : { id, name: only(certificate, OID.organisation) };
}

function only(certificate: Certificate, type: string): string | null {
  const found = values(certificate, type);
  return found.length === 1 ? found[0]! : null;
}

function values(certificate: Certificate, type: string): string[] {
  const names = certificate.structure.tbsCertificate.subject;
  return names.flatMap((rdn) => rdn.filter((one) => one.type === type).map((one) => one.value.toString()));
}
