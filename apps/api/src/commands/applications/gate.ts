import type { INestApplicationContext } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import { explanationText, GateExplanation, GateExplanationService } from '@portillon/gate';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface ExplainOptions {
  as?: string;
  method: string;
  acr: string;
  profession?: string;
}

/** Explains the gate's answer to a request, and the deciding rule. */
export async function explainGate(url: string, options: ExplainOptions): Promise<void> {
  await withTables(async (app) => {
    const person = options.as === undefined ? undefined : await personOf(app, options.as, options);
    const request = { url, method: options.method, ...(person && { person }) };
    const explanation = await app.get(GateExplanationService).explain(request);
    const { application } = explanation;
    const known = application && (await app.get(ApplicationService).get(application.id));
    for (const line of linesOf(explanation, known)) console.log(line);
  });
}

async function personOf(app: INestApplicationContext, username: string, { acr, profession }: ExplainOptions) {
  const account = await app.get(AccountService).findByUsername(username);
  if (!account) throw new CommandRefusal(`No account named ${username}`);
  const { id } = account;
  const passkeys = await app.get(PasskeyService).listAll([id]);
  const canEnter = await app.get(WaysInService).canEnter({ account, passkeys });
  const professions = profession === undefined ? [] : [profession];
  return { ...account, professions, acr, canEnter };
}

function linesOf(explanation: GateExplanation, application: ApplicationEntity | null): string[] {
  const { path, rule, verdict } = explanation;
  return [
    `application\t${application ? `${application.name} (${application.id})` : 'none'}`,
    `path\t${path ?? 'unreadable'}`,
    `rule\t${rule ? `${rule.position}: ${JSON.stringify(rule.rule)}` : 'none'}`,
    `answer\t${verdict.status}`,
    ...('asked' in verdict ? [`asked\t${JSON.stringify(verdict.asked)}`] : []),
    explanationText(explanation, 'en'),
  ];
}
