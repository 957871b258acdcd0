import '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import {
  ConfirmingFactorsService,
  FactorRegistry,
  SessionStructure,
  StructureInUseService,
} from '@portillon/access';
import type { Factor } from '@portillon/access';
import { ACR_OF_MEANS, ApplicationEntity, ApplicationService, placesFor } from '@portillon/application';
import type { AcrOfMeans } from '@portillon/application';
import { clientOf } from '@portillon/http';
import { AppError, Clock, epochSeconds, SECOND } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { StructureService } from '@portillon/structure';
import type { FastifyRequest } from 'fastify';
import type { AdapterPayload } from 'oidc-provider';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { OPENID_OPTIONS } from '../openid.options';
import type { ResolvedOpenidOptions } from '../openid.options';
import {
  Level,
  levelOfFactor,
  levelsOfMeans,
  Proof,
  proofsOf,
  PROVING_MEANS,
  ProvingMeans,
} from '../provider/level.policy';
import { LiveSessionService } from '../provider/live-session.service';
import { OpenidProviderService } from '../provider/openid-provider.service';
import { providerCookies, scopeOf } from '../provider/provider.constants';
import {
  askedLevel,
  AskedParameters,
  isRecent,
  isRecentForRequest,
  reachesLevel,
  Requirement,
  requirementOf,
} from '../provider/requirement.policy';
import { INTERACTION } from './interaction.dto';
import type { InteractionView, InteractionPrompt } from './interaction.dto';

/** Reasons for which the application requires a user other than the signed-in one. */
const OTHER_PERSON = ['id_token_hint', 'claims_id_token_sub_value'];

/** A sign-in that an application waits for, and what it waits for. */
interface OpenInteraction {
  uid: string;
  payload: AdapterPayload;
  application: ApplicationEntity;
  requirement: Requirement;
  session: Session | undefined;
}

/** The missing consent, as the library found it. */
interface Missing {
  missingOIDCScope?: string[];
  missingOIDCClaims?: string[];
  missingResourceScopes?: Record<string, string[]>;
}

/** The proofs that an application accepts from a user. */
export interface ProofOffer {
  means: ProvingMeans[];
  /** The factors that the user has. */
  codes: Factor[];
}

/** The state and the answers of our pages, while an application's authorization request waits. */
@Injectable()
export class InteractionService {
  readonly #cookie: string;

  constructor(
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly live: LiveSessionService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    @Inject(OPENID_OPTIONS) { publicUrl }: ResolvedOpenidOptions,
    private readonly providers: OpenidProviderService,
    private readonly structures: StructureService,
    private readonly confirming: ConfirmingFactorsService,
    private readonly factors: FactorRegistry,
    private readonly structuresInUse: StructureInUseService,
  ) {
    this.#cookie = providerCookies(publicUrl).interaction;
  }

  /** @throws AppError `interaction.expired` */
  async details(uid: string, request: FastifyRequest): Promise<InteractionView> {
    const open = await this.#open(uid, request);
    const { id, name, initiateLoginUri } = open.application;
    const { requirement, session, payload } = open;
    const loginHint = payload.params!['login_hint'];
    const prompt = this.#promptOf(open);
    const isStepUp = session && prompt === 'step-up';
    const isConsent = payload.prompt!.name === 'consent';
    const operator = isConsent ? await this.operatorOf(open.application) : null;
    return {
      application: { id, name, initiateLoginUri, operator },
      prompt,
      ...(isStepUp ? await this.offeredProofs(session, requirement) : { means: [], codes: [] }),
      account: session ? { displayName: session.principal.displayName } : null,
      requiredAcr: askedLevel(requirement),
      maxAge: requirement.maxAge,
      structures: session && prompt === 'structure' ? openPlaces(open, session) : [],
      scopes: isConsent ? consentedScopes(payload) : [],
      loginHint: typeof loginHint === 'string' ? loginHint : null,
    };
  }

  /**
   * Completes the step, and returns where the browser goes next. @throws AppError `interaction.expired`,
   * `session.required`, `code.required`; `reauthentication.required` when the level is not reached, or the proof not recent
   * enough
   */
  async complete(uid: string, request: FastifyRequest): Promise<string> {
    const open = await this.#open(uid, request);
    const { payload, session } = open;
    if (!session) throw new AppError('session.required');
    if (this.live.codeIsLate(session)) throw new AppError('code.required');
    const proof = this.#proofFor(open, session);
    if (!proof) throw new AppError('reauthentication.required');
    const [place, ...others] = openPlaces(open, session);
    if (place && others.length === 0) await this.structuresInUse.choose(session, place.id, clientOf(request));
    const { name } = payload.prompt!;
    const consent = name === 'consent' ? { consent: await this.grantConsent(payload, session) } : {};
    const confirmed = name === 'select_account' ? { select_account: {} } : {};
    const login = loginOf(session, proof);
    return this.#finish(open, { ...payload.lastSubmission, ...confirmed, ...consent, login });
  }

  /** Answers the application that the user refused or could not continue. @throws AppError `interaction.expired` */
  async refuse(uid: string, request: FastifyRequest): Promise<string> {
    const open = await this.#open(uid, request);
    const { session, requirement } = open;
    const unmet = session && requirement.acr.length > 0 && !this.#proofFor(open, session);
    const error = unmet ? 'unmet_authentication_requirements' : 'access_denied';
    return this.#finish(open, { error, error_description: 'the person did not go on' });
  }

  async #open(uid: string, request: FastifyRequest): Promise<OpenInteraction> {
    const payload =
      request.cookies[this.#cookie] === uid ? await this.artifacts.find(INTERACTION, uid) : undefined;
    const application = payload && (await this.applications.get(String(payload.params!['client_id'])));
    if (!payload || !application) throw await this.#expired(uid);
    const requirement = requirementOf(payload.params as AskedParameters, application);
    return { uid, payload, application, requirement, session: await this.live.ofBrowser(request) };
  }

  async #expired(uid: string): Promise<AppError> {
    const payload = await this.artifacts.findExpiredToo(INTERACTION, uid);
    const application = payload && (await this.applications.get(String(payload.params!['client_id'])));
    const uri = application?.initiateLoginUri;
    return new AppError('interaction.expired', uri ? { data: { initiateLoginUri: uri } } : {});
  }

  #promptOf(open: OpenInteraction): InteractionPrompt {
    const { session, payload } = open;
    const { name, reasons } = payload.prompt!;
    if (!session) return 'sign-in';
    const isOther = reasons.some((reason) => OTHER_PERSON.includes(reason));
    if (isOther && session.id === payload.session?.uid) return 'sign-in';
    if (this.live.codeIsLate(session) || !this.#proofFor(open, session)) return 'step-up';
    if (openPlaces(open, session).length > 1) return 'structure';
    return name === 'consent' ? 'consent' : 'confirm-identity';
  }

  /** Returns the session's strongest proof that meets the application's requirement; undefined without one. */
  #proofFor(open: OpenInteraction, session: Session): Proof | undefined {
    const { requirement } = open;
    const now = this.clock.now();
    return proofsOf(session, this.acrOfMeans)
      .filter((proof) => reachesLevel(proof, requirement))
      .find((proof) => {
        if (isForRequest(open, session, proof)) return isRecentForRequest(proof, requirement, now);
        return !requirement.anew && isRecent(proof, requirement, now);
      });
  }

  async #finish(
    { uid, payload, session }: OpenInteraction,
    result: AdapterPayload['result'],
  ): Promise<string> {
    const own = session && { accountId: session.accountId, uid: session.id };
    const seconds = payload.exp! - epochSeconds(this.clock.now());
    await this.artifacts.put(INTERACTION, uid, { ...payload, session: own, result }, seconds);
    return payload.returnTo!;
  }

  /** The name of the structure that answers for the application, if one does. */
  async operatorOf({ structureId }: Pick<ApplicationEntity, 'structureId'>): Promise<string | null> {
    if (structureId === null) return null;
    return (await this.structures.names([structureId])).get(structureId)?.name ?? null;
  }

  /** Adds what is missing to the session's grant to the application, or to a new one. */
  async grantConsent(
    { params, grantId, prompt }: AdapterPayload,
    { accountId }: Session,
  ): Promise<{ grantId: string }> {
    const { Grant } = await this.providers.current();
    const known = grantId ? await Grant.find(grantId) : undefined;
    const grant = known ?? new Grant({ accountId, clientId: String(params!['client_id']) });
    const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt!.details as Missing;
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
    if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
    for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {}))
      grant.addResourceScope(resource, scopes.join(' '));
    return { grantId: await grant.save() };
  }

  /** The proofs that a page offers to a user who must prove more. Omits those that lead back to the same page. */
  async offeredProofs(session: Session, requirement: Requirement): Promise<ProofOffer> {
    const isEnough = (level: Level) => reachesLevel(level, requirement);
    const factors = await this.confirming.of(session.accountId);
    return {
      means: this.#meansOf(session).filter((one) => levelsOfMeans(one, this.acrOfMeans).some(isEnough)),
      codes: factors.filter((factor) => {
        const proof = this.factors.proofOf(factor);
        // A last resort confirms nothing: it opens a session, and no application.
        return proof !== null && isEnough(levelOfFactor(session, proof, this.acrOfMeans));
      }),
    };
  }

  /** A passkey does not renew a code: after 24 hours a code is required. */
  #meansOf(session: Session): ProvingMeans[] {
    return PROVING_MEANS.filter((means) => means !== 'passkey' || !this.live.codeIsLate(session));
  }
}

/** Whether the proof was given since the application asked, or was taken for this very request on the page before. */
function isForRequest({ payload }: OpenInteraction, { id }: Session, proof: Proof): boolean {
  const { login } = payload.lastSubmission ?? {};
  if (login?.['sessionId'] === id && login.ts === proof.authTime) return true;
  return proof.provedAt >= new Date(payload.iat! * SECOND);
}

/**
 * The structures under which the person may open the application; none once they chose one. A single one needs no choice,
 * and becomes the one in use.
 */
function openPlaces({ application }: OpenInteraction, { principal }: Session): SessionStructure[] {
  const { structureChosen, memberships = [] } = principal;
  if (structureChosen || memberships.length < 2) return [];
  return placesFor(application, memberships).map(({ structure: { id, name } }) => ({ id, name }));
}

function loginOf({ accountId, id: sessionId }: Session, { acr, amr, authTime: ts }: Proof) {
  return { accountId, sessionId, ts, remember: false, acr, amr };
}

/** The scopes that the page names; a claim counts as its scope. */
export function consentedScopes({ prompt }: AdapterPayload): string[] {
  const {
    missingOIDCScope = [],
    missingOIDCClaims = [],
    missingResourceScopes = {},
  } = prompt!.details as Missing;
  return [
    ...new Set([
      ...missingOIDCScope,
      ...missingOIDCClaims.map(scopeOf),
      ...Object.values(missingResourceScopes).flat(),
    ]),
  ];
}
