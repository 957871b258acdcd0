import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans, mayOpen, audienceMemberOf } from '@portillon/application';
import { Clock, SECOND } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import { acrValuesOf, Proof, proofsOf } from './level.policy';
import { LiveSessionService } from './live-session.service';
import { applicationOf, type OidcProviderModule, stateOf } from './oidc-context';
import {
  AskedParameters,
  isOutOfReach,
  isRecent,
  isRecentForRequest,
  reachesLevel,
  Requirement,
  requirementOf,
} from './requirement.policy';

type Context = KoaContextWithOIDC;
type Prompts = interactionPolicy.DefaultPolicy;

/** Checks of the library that this service replaces: it uses its own session and the order of the levels. */
const REPLACED = ['no_session', 'max_age', 'essential_acrs', 'essential_acr'];

/** The prompts before an application receives a code, in the order of the pages. */
@Injectable()
export class InteractionPolicyService {
  constructor(
    private readonly live: LiveSessionService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  get acrValues(): string[] {
    return acrValuesOf(this.acrOfMeans);
  }

  prompts(oidc: OidcProviderModule): Prompts {
    const prompts = oidc.interactionPolicy.base();
    this.#signIn(prompts, oidc);
    prompts.add(this.#confirmIdentity(oidc), 1);
    this.#consent(prompts, oidc);
    return prompts;
  }

  /** The first failing check throws, in this order: out of reach, still not reached, outside the audience. */
  #signIn(prompts: Prompts, oidc: OidcProviderModule): void {
    const { Check } = oidc.interactionPolicy;
    const { checks } = prompts.get('login')!;
    for (const reason of REPLACED) checks.remove(reason);
    const unmet = new Check('acr_unmet', 'the level asked for is not reached', LEVEL_ERROR, (ctx) =>
      this.#levelIsMissing(ctx, oidc),
    );
    checks.add(unmet, 0);
    const signedIn = new Check('no_session', 'the person is not signed in', 'login_required', (ctx) => {
      const { session } = stateOf(ctx);
      return !session || this.live.codeIsLate(session);
    });
    checks.add(signedIn, 1);
    const fresh = new Check('max_age', 'the latest proof is too old', 'login_required', (ctx) =>
      this.#proofIsTooOld(ctx),
    );
    checks.add(fresh, 2);
    checks.add(
      new Check('audience', 'not for this person', 'access_denied', (ctx) => this.#refuseOthers(ctx, oidc)),
      3,
    );
  }

  /**
   * @throws UnmetAuthenticationRequirements when no sign-in reaches the level, or when the user came back without reaching
   * it: another prompt would loop forever
   */
  #levelIsMissing(ctx: Context, { errors }: OidcProviderModule): boolean {
    const requirement = requirementOfContext(ctx);
    if (isOutOfReach(requirement, this.acrOfMeans))
      throw new errors.UnmetAuthenticationRequirements('no sign-in here reaches it');
    const { session } = stateOf(ctx);
    if (!session) return false;
    if (this.#reaching(session, requirement).length > 0) return false;
    if (ctx.oidc.result?.login) throw new errors.UnmetAuthenticationRequirements('the level was not reached');
    return true;
  }

  /** The application receives the strongest of the proofs that reach the level and are recent enough. */
  #proofIsTooOld(ctx: Context): boolean {
    const { session } = stateOf(ctx);
    if (!session) return false;
    const requirement = requirementOfContext(ctx);
    const now = this.clock.now();
    const { login } = ctx.oidc.result ?? {};
    // The page chose the proof, but the user may have waited on the next page.
    if (login) return !isRecentForRequest({ provedAt: new Date(login.ts! * SECOND) }, requirement, now);
    const proof = this.#reaching(session, requirement).find((one) => isRecent(one, requirement, now));
    if (proof) setProof(ctx, proof);
    return !proof;
  }

  #reaching(session: Session, requirement: Requirement): Proof[] {
    return proofsOf(session, this.acrOfMeans).filter((proof) => reachesLevel(proof, requirement));
  }

  /** @throws AccessDenied */
  #refuseOthers(ctx: Context, { errors }: OidcProviderModule): boolean {
    const { session } = stateOf(ctx);
    const application = applicationOf(ctx.oidc.client!);
    if (!session || mayOpen(application, audienceMemberOf(session, application))) return false;
    throw new errors.AccessDenied('the application is not for this person');
  }

  /** Shows « Continuer comme … ? » at the first entry of a session, where several users share one browser. */
  #confirmIdentity({ interactionPolicy }: OidcProviderModule): interactionPolicy.Prompt {
    const { Check, Prompt } = interactionPolicy;
    return new Prompt(
      { name: 'select_account', requestable: true },
      new Check(
        'confirm_identity',
        'the person has not confirmed who they are',
        'account_selection_required',
        (ctx) => {
          const { client, result } = ctx.oidc;
          if (!applicationOf(client!).confirmIdentity || result?.login || result?.['select_account'])
            return false;
          return !stateOf(ctx).entered?.has(client!.clientId);
        },
      ),
    );
  }

  /** An application on a device cannot prove its identity: another one may impersonate it (RFC 8252, 8.6). */
  #consent(prompts: Prompts, { interactionPolicy }: OidcProviderModule): void {
    const { checks } = prompts.get('consent')!;
    const always = checks.get('native_client_prompt')!;
    checks.remove('native_client_prompt');
    const check = (ctx: Context) => !applicationOf(ctx.oidc.client!).trusted && always.check(ctx);
    checks.add(
      new interactionPolicy.Check('native_client_prompt', always.description, 'interaction_required', check),
    );
  }
}

const LEVEL_ERROR = 'unmet_authentication_requirements';

/** Copies one proof of our session to the library's session. */
function setProof({ oidc }: Context, { acr, amr, authTime }: Proof): void {
  const session = oidc.session!;
  session.loginAccount({
    accountId: session.accountId!,
    loginTs: authTime,
    acr,
    amr,
    transient: true,
  });
}

function requirementOfContext({ oidc }: Context): Requirement {
  return requirementOf(oidc.params as AskedParameters, applicationOf(oidc.client!));
}
