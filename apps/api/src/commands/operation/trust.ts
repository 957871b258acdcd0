import { attestationOf, engagementOf, Statement, StatementService, textOf } from '@portillon/operation';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface TrustOptions {
  json?: boolean;
  attestation?: boolean;
  engagement?: boolean;
}

/**
 * Prints which statements may be signed for this deployment. It only reads; exit code 1 when something forbids signing.
 */
export async function stateTrust(options: TrustOptions): Promise<void> {
  const form = formOf(options);
  await withTables(async (app) => {
    const statement = await app.get(StatementService).read();
    process.stdout.write(form(statement));
    process.exitCode = statement.signable ? 0 : 1;
  });
}

/** @throws CommandRefusal when two formats are requested */
function formOf({ json, attestation, engagement }: TrustOptions): (statement: Statement) => string {
  if ([json, attestation, engagement].filter(Boolean).length > 1)
    throw new CommandRefusal('Give one of --json, --attestation and --engagement');
  if (json) return (statement) => `${JSON.stringify(statement, null, 2)}\n`;
  if (attestation) return attestationOf;
  return engagement ? engagementOf : (statement) => `${textOf(statement)}\n`;
}
