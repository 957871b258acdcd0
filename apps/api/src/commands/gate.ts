import { AccountService } from '@portillon/account';
import { explanationText, GateExplanation, GateExplanationService } from '@portillon/gate';
import { Refusal } from './refusal';
import { withTables } from './tables';

export interface ExplainOptions {
  as?: string;
  method: string;
  acr: string;
  profession?: string;
}

/** What the gate would answer to a request, and by which rule. */
export async function explainGate(url: string, options: ExplainOptions): Promise<void> {
  const { as: username, method, acr, profession } = options;
  await withTables(async (app) => {
    const account =
      username === undefined ? undefined : await app.get(AccountService).findByUsername(username);
    if (username !== undefined && !account) throw new Refusal(`No account named ${username}`);
    const person = account && {
      roles: account.roles,
      structureId: account.structure?.id ?? null,
      professions: profession === undefined ? [] : [profession],
      acr,
    };
    const request = { url, method, ...(person && { person }) };
    const explanation = await app.get(GateExplanationService).explain(request);
    for (const line of linesOf(explanation)) console.log(line);
  });
}

function linesOf(explanation: GateExplanation): string[] {
  const { application, path, rule, verdict } = explanation;
  return [
    `application\t${application ? `${application.name} (${application.id})` : 'none'}`,
    `path\t${path ?? 'unreadable'}`,
    `rule\t${rule ? `${rule.position}: ${JSON.stringify(rule.rule)}` : 'none'}`,
    `answer\t${verdict.status}`,
    ...('asked' in verdict ? [`asked\t${JSON.stringify(verdict.asked)}`] : []),
    explanationText(explanation, 'en'),
  ];
}
