import { Injectable } from '@nestjs/common';
import { WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import { explanationText, GateExplanation, GateExplanationService } from '@portillon/gate';
import { SessionService } from '@portillon/session';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { latestProfession } from './latest-profession';
import type { AdminGateExplanation, GateExplanationRequest } from './gate-rule.dto';

/** « Pourquoi ? »: predicts the gate's answer to a user within the administrator's reach. */
@Injectable()
export class GateWhyService {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly accounts: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly waysIn: WaysInService,
    private readonly explanations: GateExplanationService,
    private readonly sessions: SessionService,
  ) {}

  /** @throws AppError `not-found`, also for a user out of reach */
  async explain(
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
    const { id, roles, structure } = found;
    const canEnter = await this.waysIn.canEnter({
      account: found,
      passkeys: await this.passkeys.listAll([id]),
    });
    const professions =
      profession === undefined ? latestProfession(await this.sessions.list(id)) : [profession];
    return { roles, structureId: structure?.id ?? null, professions, acr, canEnter };
  }
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
