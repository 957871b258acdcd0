import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
  VerifiedAuthenticationResponse,
} from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { CHALLENGE_MS, ChallengeService, OpenChallenge } from '../challenge.service';
import { isCrossOrigin, credentialDigest, loadWebauthn } from './webauthn';
import { PasskeyOwnerRepository } from './passkey-owner.repository';
import { type PasskeyEntity, toPasskey } from './passkey.entity';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import { PasskeyRepository } from './passkey.repository';
import type { BegunCeremony, Ceremony, Passkey, PasskeyRefusal } from './passkey.types';

/** Owner and ceremony of a requested assertion. */
export interface AssertionRequest extends Ceremony {
  /** Left out at sign-in: the passkey identifies the person. */
  accountId?: string;
}

type Verified = VerifiedAuthenticationResponse['authenticationInfo'];

export interface VerifiedAssertion {
  status: 'verified';
  passkey: Passkey;
  challenge: OpenChallenge;
  /** Counter before this answer, which {@link PasskeyAssertionService.consume} checks. */
  after: number;
  signCount: number;
  backedUp: boolean;
}

export type AssertionCheck =
  | VerifiedAssertion
  | { status: 'unknown' }
  /** `passkey`: the named one, if the challenge was valid. */
  | { status: 'rejected'; reason: PasskeyRefusal; passkey?: Passkey };

/** Verifies answers of passkeys (WebAuthn level 3, 7.2), with the checks that the library leaves to its caller. */
@Injectable()
export class PasskeyAssertionService {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly owners: PasskeyOwnerRepository,
    private readonly challenges: ChallengeService,
    private readonly clock: Clock,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** Starts a ceremony. At sign-in the challenge is the same for everyone, so accounts cannot be enumerated. */
  async begin(asked: AssertionRequest): Promise<BegunCeremony<PublicKeyCredentialRequestOptionsJSON>> {
    const { bytes, cookie } = this.challenges.issue(asked);
    const own = asked.accountId === undefined ? [] : await this.passkeys.findAllOf(asked.accountId);
    const { generateAuthenticationOptions } = await loadWebauthn();
    const options = await generateAuthenticationOptions({
      rpID: this.options.rpId,
      challenge: Uint8Array.from(bytes),
      timeout: CHALLENGE_MS,
      userVerification: 'required',
      allowCredentials: own.map(({ credentialId: id, transports }) => ({ id, transports })),
    });
    return { options, cookie };
  }

  /** Verifies the answer of a passkey for this ceremony. Stores nothing: {@link consume} does. */
  async check(
    asked: AssertionRequest,
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
  ): Promise<AssertionCheck> {
    const challenge = this.challenges.open(asked, cookie);
    if (!challenge) return { status: 'rejected', reason: 'passkey-challenge' };
    const row = await this.passkeys.findByCredential(credentialDigest(response.id));
    if (!row) return { status: 'unknown' };
    const passkey = toPasskey(row);
    const checked = await this.#judge(asked, challenge, row, response);
    if (typeof checked === 'string') return { status: 'rejected', reason: checked, passkey };
    const { newCounter: signCount, credentialBackedUp: backedUp } = checked;
    return { status: 'verified', passkey, challenge, after: row.signCount, signCount, backedUp };
  }

  /** Uses up the challenge and the answer. Returns false when another caller did, or when the passkey has ended since. */
  async consume(verified: VerifiedAssertion, tx: EntityManager): Promise<boolean> {
    const { passkey, challenge, after, signCount, backedUp } = verified;
    if (!(await this.challenges.use(challenge, tx))) return false;
    const use = { signCount, backedUp, lastUsedAt: this.clock.now() };
    return this.passkeys.recordUse({ id: passkey.id, signCount: after }, use, tx);
  }

  async #judge(
    asked: AssertionRequest,
    challenge: OpenChallenge,
    row: PasskeyEntity,
    response: AuthenticationResponseJSON,
  ): Promise<Verified | PasskeyRefusal> {
    if (isCrossOrigin(response.response.clientDataJSON)) return 'passkey-cross-origin';
    if (!(await this.#isOwn(asked, row, response.response.userHandle))) return 'passkey-other-person';
    const verified = await this.#verify(challenge, row, response);
    if (!verified) return 'passkey-not-verified';
    if (verified.credentialDeviceType !== (row.kind === 'synced' ? 'multiDevice' : 'singleDevice'))
      return 'passkey-backup';
    // A counter that does not rise is that of a copy (7.2, step 22); one that never counted stays at zero.
    const isCopy = row.signCount > 0 && verified.newCounter <= row.signCount;
    return isCopy ? 'passkey-counter' : verified;
  }

  /** The handle is compulsory when nothing else identifies the user (7.2, step 6). */
  async #isOwn(
    { accountId }: AssertionRequest,
    row: PasskeyEntity,
    userHandle: string | undefined,
  ): Promise<boolean> {
    if (accountId !== undefined && accountId !== row.accountId) return false;
    if (userHandle === undefined) return accountId !== undefined;
    return userHandle === (await this.owners.findHandle(row.accountId));
  }

  async #verify(
    { challenge: expectedChallenge }: OpenChallenge,
    { credentialId: id, publicKey }: PasskeyEntity,
    response: AuthenticationResponseJSON,
  ): Promise<Verified | undefined> {
    const { verifyAuthenticationResponse } = await loadWebauthn();
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: [this.options.origin, ...this.options.relatedOrigins],
        expectedRPID: this.options.rpId,
        requireUserVerification: true,
        // The counter is checked below, so that a copy is recognised.
        credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: 0 },
      });
      return verified ? authenticationInfo : undefined;
    } catch {
      // The library throws for each failed check, and for unreadable input.
      return undefined;
    }
  }
}
