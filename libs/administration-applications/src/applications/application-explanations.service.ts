import { Inject, Injectable } from '@nestjs/common';
import {
  ACR_LEVELS,
  ACR_OF_MEANS,
  acrOf,
  ApplicationEntity,
  audienceMember,
  mayOpen,
  reachesAcr,
} from '@portillon/application';
import type { AcrOfMeans } from '@portillon/application';
import { FactorRegistry } from '@portillon/access';
import type { SignInMeans } from '@portillon/access';
import { type Entrant, type WayIn, type WaysIn, WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import {
  ExplainedVerdict,
  explanationText,
  GateExplanation,
  ExplainedRequest,
  GateExplanationService,
  receivedData,
} from '@portillon/gate';
import type { ReceivedItem } from '@portillon/gate';
import { type Session, SessionService } from '@portillon/session';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import type { AdminGateExplanation, GateExplanationRequest } from './gate-rule.dto';

/** Whether the application would admit the user, once signed in. */
export interface ApplicationWayIn {
  id: string;
  name: string;
  verdict: ExplainedVerdict['status'];
  explanation: string;
  /** The means that the user can use and whose level is sufficient. */
  by: SignInMeans[];
  /** Every means that lets the user sign in, with the level that it proves at best. */
  usable: { means: SignInMeans; acr: string }[];
  /** What it would receive about the user; empty where it would not admit them. */
  receives: ReceivedItem[];
}

type Judged = ExplainedVerdict & { asked?: { acr: string | null } };

/** « Pourquoi ? »: predicts how an application, OpenID Connect or gated, answers a user. */
@Injectable()
export class ApplicationExplanationsService {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly accounts: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly waysIn: WaysInService,
    private readonly explanations: GateExplanationService,
    private readonly sessions: SessionService,
    private readonly factors: FactorRegistry,
    @Inject(ACR_OF_MEANS) private readonly levels: AcrOfMeans,
  ) {}

  /** For a user who has just signed in. @throws AppError `not-found` for an application out of reach */
  async explainWayIn(
    administrator: Administrator,
    entrant: Entrant,
    { ways }: WaysIn,
    id: string,
  ): Promise<ApplicationWayIn> {
    const application = await this.administered.get(administrator, id);
    const open = ways
      .filter(({ opens, enrolmentOnly }) => opens && !enrolmentOnly)
      .map((way) => ({ means: way.means, acr: this.#levelOf(way, entrant) }));
    const verdict = await this.#judge(application, entrant, open);
    const explanation = explanationText({ verdict }, administrator.client.locale);
    const by = open.filter(({ acr }) => isEnough(acr, verdict.asked?.acr ?? application.minAcr));
    const passes = verdict.status === 'admitted' || verdict.status === 'step-up';
    const means = passes ? by.map((one) => one.means) : [];
    const isAdmitted = means.length > 0 || verdict.status === 'public';
    const receives = isAdmitted ? receivedData(entrant.account, application) : [];
    const { name } = application;
    return { id, name, verdict: verdict.status, explanation, by: means, usable: open, receives };
  }

  /** The gate's answer at an address. @throws AppError `not-found`, also for a user out of reach */
  async explainGate(
    administrator: Administrator,
    id: string,
    request: GateExplanationRequest,
  ): Promise<AdminGateExplanation> {
    await this.administered.get(administrator, id);
    const { url, method = 'GET' } = request;
    const person =
      request.account === undefined ? {} : { person: await this.#person(administrator, request) };
    const found = await this.explanations.explain({ url, method, ...person });
    return viewOf(ofApplication(found, id), administrator);
  }

  async #person(
    administrator: Administrator,
    { account, acr = 'eidas1', profession }: GateExplanationRequest,
  ) {
    const found = await this.accounts.get(administrator, account!);
    const { id } = found;
    const canEnter = await this.waysIn.canEnter({
      account: found,
      passkeys: await this.passkeys.listAll([id]),
    });
    const professions =
      profession === undefined ? latestProfession(await this.sessions.list(id)) : [profession];
    return { ...found, professions, acr, canEnter };
  }

  async #judge(
    application: ApplicationEntity,
    { account }: Entrant,
    open: readonly { acr: string }[],
  ): Promise<Judged> {
    if (open.length === 0) return { status: 'sign-in', refused: true };
    const acr = strongest(open.map((one) => one.acr));
    const professions = latestProfession(await this.sessions.list(account.id));
    const person = audienceMember(application, account, professions);
    if (application.kind === 'gate')
      return this.#judgeAtGate(application, { ...account, professions, acr, canEnter: true });
    if (application.status !== 'active') return { status: 'forbidden', reason: 'no-application' };
    if (!mayOpen(application, person)) return { status: 'forbidden', reason: 'audience' };
    return { status: isEnough(acr, application.minAcr) ? 'admitted' : 'step-up' };
  }

  /** At its home, by the very rules of the gate. */
  async #judgeAtGate(
    { homeUri, redirectUris }: ApplicationEntity,
    person: NonNullable<ExplainedRequest['person']>,
  ): Promise<Judged> {
    const url = homeUri ?? new URL('/', redirectUris[0]).href;
    return (await this.explanations.explain({ url, method: 'GET', person })).verdict;
  }

  /** The strongest proof that the user may give by this means, in this sign-in or its session. */
  #levelOf({ means, codes }: WayIn, { passkeys }: Entrant): string {
    const identityProven = passkeys.some(({ identityProof }) => identityProof !== null);
    const given = means === 'password' ? codes.map((factor) => this.factors.proofOf(factor)) : [null];
    return strongest(
      given.map((proof) =>
        acrOf({ means, code: proof?.code ?? null, stated: proof?.acr, amr: [], identityProven }, this.levels),
      ),
    );
  }
}

function isEnough(acr: string, asked: string | null): boolean {
  return asked === null || reachesAcr(acr, asked);
}

function strongest(levels: readonly string[]): string {
  return ACR_LEVELS.findLast((acr) => levels.includes(acr)) ?? ACR_LEVELS[0];
}

/** Hides the finding when the address belongs to another application. */
function ofApplication(found: GateExplanation, id: string): GateExplanation {
  if (!found.application || found.application.id === id) return found;
  return {
    ...found,
    verdict: { status: 'forbidden', reason: 'no-application' },
    application: null,
    rule: null,
  };
}

function viewOf(found: GateExplanation, { client }: Administrator): AdminGateExplanation {
  const { verdict, rule, path } = found;
  return {
    verdict: verdict.status,
    explanation: explanationText(found, client.locale),
    asked: 'asked' in verdict ? verdict.asked : null,
    rule: rule?.position ?? null,
    path,
  };
}

/** An account has no profession: users choose an activity at each sign-in, and the latest counts. */
function latestProfession(sessions: readonly Pick<Session, 'activity'>[]): string[] {
  return sessions.flatMap(({ activity }) => activity?.profession ?? []).slice(0, 1);
}
