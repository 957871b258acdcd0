import { Inject, Injectable } from '@nestjs/common';
import { placedFor } from '@portillon/application';
import type { GatedApplication } from '@portillon/application';
import { Clock, epochSeconds, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { Proof, SigningKeyService, structureClaim } from '@portillon/openid';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import type { SignedInPerson } from './gate-check.service';

/** Long enough for its way through the proxy. */
const LIFE_MS = MINUTE;
/** The sixty requests of a page bear one assertion, which has three quarters of its life before it at least. */
const REUSED_MS = 15 * SECOND;
/** Of some 1.5 kB each, with all that they say. */
const MOST_REUSED = 4_096;

/** Issues a signed statement of the user's identity, for one application and one minute. */
@Injectable()
export class AssertionService {
  /** Those of a quarter of a minute, by every claim but their times: whatever else is claimed is another assertion. */
  #recent = { quarter: 0, assertions: new Map<string, string>() };

  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  /** `proof`: the proof that lets the user pass. The check has read all claims. */
  async sign(person: SignedInPerson, application: GatedApplication, proof: Proof): Promise<string> {
    const now = this.clock.now();
    const claims = this.#claims(person, application, proof);
    const claimed = JSON.stringify(claims);
    const recent = this.#recentAt(now);
    const known = recent.get(claimed);
    if (known) return known;
    const times = { iat: epochSeconds(now), exp: epochSeconds(addMilliseconds(now, LIFE_MS)) };
    // An RSA signature would be the largest cost of a check.
    const header = { typ: 'portillon-assertion+jwt', alg: 'ES256' } as const;
    const assertion = await this.keys.sign({ ...claims, ...times }, header);
    recent.set(claimed, assertion);
    return assertion;
  }

  #claims({ session, sid, email }: SignedInPerson, application: GatedApplication, proof: Proof) {
    const { principal } = session;
    const { roles, structure } = placedFor(application, principal);
    const { memberships = [] } = principal;
    const place = memberships.find((one) => one.structure.id === structure?.id);
    return {
      iss: this.options.publicUrl,
      sub: session.accountId,
      aud: application.id,
      sid,
      acr: proof.acr,
      amr: proof.amr,
      auth_time: proof.authTime,
      ...(application.claimNames && { name: principal.displayName, preferred_username: principal.username }),
      ...(application.claimMail && { email }),
      ...(application.claimGroups && { groups: roles }),
      ...(structure && { structure: place ? structureClaim(place) : structure }),
      ...(application.scopes.includes('structures') && { structures: memberships.map(structureClaim) }),
    };
  }

  /** Empty in another quarter, also of a clock that steps back, and once it is full: nothing else ever leaves it. */
  #recentAt(now: Date): Map<string, string> {
    const quarter = Math.floor(now.getTime() / REUSED_MS);
    if (quarter !== this.#recent.quarter || this.#recent.assertions.size >= MOST_REUSED)
      this.#recent = { quarter, assertions: new Map() };
    return this.#recent.assertions;
  }
}
