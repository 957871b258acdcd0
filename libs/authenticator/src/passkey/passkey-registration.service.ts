import { Inject, Injectable } from '@nestjs/common';
import { Clock, Random } from '@portillon/kernel';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { CHALLENGE_MS, ChallengeService, OpenChallenge } from '../challenge.service';
import { isCrossOrigin, credentialDigest, loadWebauthn } from './webauthn';
import { PasskeyOwnerRepository } from './passkey-owner.repository';
import { type PasskeyEntity, toPasskey } from './passkey.entity';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import { PasskeyRepository } from './passkey.repository';
import type {
  BegunCeremony,
  Ceremony,
  IdentityProof,
  Passkey,
  PasskeyKind,
  PasskeyRefusal,
} from './passkey.types';

const HANDLE_BYTES = 32;
const LONGEST_ID_BYTES = 1_023;
/** Enough for all devices of a person; more would be an attack or a mistake. */
const MOST_PASSKEYS = 10;
/** ES256, EdDSA, RS256. Listed, because a newer Node would offer algorithms that an older one cannot verify. */
const ALGORITHMS = [-7, -8, -257];

/** The person who enrols a passkey. */
export interface PasskeyPerson {
  accountId: string;
  username: string;
  displayName: string;
}

/** Name of a new passkey, and how the identity of its holder was proven. */
export interface PasskeyFacts {
  name: string;
  identityProof: IdentityProof | null;
}

type Credential = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

export interface VerifiedRegistration {
  status: 'verified';
  accountId: string;
  challenge: OpenChallenge;
  kind: PasskeyKind;
  registered: Credential;
}

export type RegistrationCheck = VerifiedRegistration | { status: 'rejected'; reason: PasskeyRefusal };

/** Enrols passkeys (WebAuthn level 3, 7.1): discoverable, with user verification, without attestation. */
@Injectable()
export class PasskeyRegistrationService {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly owners: PasskeyOwnerRepository,
    private readonly challenges: ChallengeService,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /**
   * Starts an enrolment. `shared`: several people use this workstation, so the passkey must not be stored on it.
   * Returns nothing when the person has the maximum number.
   */
  async begin(
    person: PasskeyPerson,
    binding: string,
    shared: boolean,
  ): Promise<BegunCeremony<PublicKeyCredentialCreationOptionsJSON> | undefined> {
    const own = await this.passkeys.findAllOf(person.accountId);
    if (own.length >= MOST_PASSKEYS) return undefined;
    const { bytes, cookie } = this.challenges.issue(ceremony(binding));
    const fresh = this.random.bytes(HANDLE_BYTES).toString('base64url');
    const handle = await this.owners.findHandleOrInsert(person.accountId, fresh);
    const { generateRegistrationOptions } = await loadWebauthn();
    const options = await generateRegistrationOptions({
      rpID: this.options.rpId,
      rpName: this.options.rpName,
      userID: Uint8Array.from(Buffer.from(handle, 'base64url')),
      userName: person.username,
      userDisplayName: person.displayName,
      challenge: Uint8Array.from(bytes),
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      excludeCredentials: own.map(descriptorOf),
      authenticatorSelection: {
        residentKey: 'required',
        userVerification: 'required',
        ...(shared ? { authenticatorAttachment: 'cross-platform' } : {}),
      },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return { options, cookie };
  }

  /** Verifies the answer of a new passkey for this ceremony. Stores nothing: {@link save} does. */
  async check(
    { accountId }: Pick<PasskeyPerson, 'accountId'>,
    binding: string,
    cookie: string | undefined,
    response: RegistrationResponseJSON,
  ): Promise<RegistrationCheck> {
    const challenge = this.challenges.open(ceremony(binding), cookie);
    if (!challenge) return { status: 'rejected', reason: 'passkey-challenge' };
    if (isCrossOrigin(response.response.clientDataJSON))
      return { status: 'rejected', reason: 'passkey-cross-origin' };
    const registered = await this.#verify(challenge, response);
    if (!registered) return { status: 'rejected', reason: 'passkey-not-verified' };
    return { status: 'verified', accountId, challenge, kind: kindOf(registered), registered };
  }

  /** Whether the account may keep one more passkey. Other enrolments of the account wait until `tx` ends. */
  async hasRoom(accountId: string, tx: EntityManager): Promise<boolean> {
    if (!(await this.owners.lockForUpdate(accountId, tx))) return false;
    return (await this.passkeys.count(accountId, tx)) < MOST_PASSKEYS;
  }

  /**
   * Stores the passkey and uses up the challenge. Returns nothing when another caller did, or when the credential is
   * known.
   */
  async save(
    { accountId, challenge, kind, registered }: VerifiedRegistration,
    { name, identityProof }: PasskeyFacts,
    tx: EntityManager,
  ): Promise<Passkey | undefined> {
    if (!(await this.challenges.use(challenge, tx))) return undefined;
    const createdAt = this.clock.now();
    const passkey: PasskeyEntity = {
      ...columnsOf(registered),
      id: this.random.id(),
      accountId,
      kind,
      name,
      rpId: this.options.rpId,
      identityProof,
      identityProvedAt: identityProof && createdAt,
      createdAt,
      lastUsedAt: null,
      endedAt: null,
    };
    return (await this.passkeys.insert(passkey, tx)) ? toPasskey(passkey) : undefined;
  }

  async #verify(
    { challenge: expectedChallenge }: OpenChallenge,
    response: RegistrationResponseJSON,
  ): Promise<Credential | undefined> {
    const { verifyRegistrationResponse } = await loadWebauthn();
    try {
      const { registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge,
        expectedOrigin: [this.options.origin, ...this.options.relatedOrigins],
        expectedRPID: this.options.rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      return registrationInfo && hasShortId(registrationInfo) ? registrationInfo : undefined;
    } catch {
      // The library throws for each failed check, and for unreadable input.
      return undefined;
    }
  }
}

function ceremony(binding: string): Ceremony {
  return { purpose: 'enrolment', binding };
}

function descriptorOf({ credentialId, transports }: PasskeyEntity) {
  return { id: credentialId, transports };
}

/** The library leaves this check to its caller (WebAuthn level 3, 7.1, step 25). */
function hasShortId({ credential }: Credential): boolean {
  return Buffer.byteLength(credential.id, 'base64url') <= LONGEST_ID_BYTES;
}

function kindOf({ credentialDeviceType }: Credential): PasskeyKind {
  return credentialDeviceType === 'multiDevice' ? 'synced' : 'device';
}

function columnsOf({ credential, aaguid, credentialBackedUp }: Credential) {
  const { id, publicKey, counter, transports = [] } = credential;
  return {
    credentialDigest: credentialDigest(id),
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    signCount: counter,
    transports,
    aaguid,
    backedUp: credentialBackedUp,
  };
}
