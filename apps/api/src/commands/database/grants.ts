import { DatabaseAccount, grantStatements, quoted } from '@portillon/persistence';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { CommandRefusal } from '../refusal';

export interface GrantOptions {
  /** Whose rights; `true`: of both. */
  grants: 'migrate' | 'serve' | true;
  database: string;
  /** `name@host`. */
  serveAs: string;
  migrateAs: string;
}

const DATABASE = /^[\w-]{1,64}$/;
/** Names, addresses, and patterns of both: `portillon@10.%`, `portillon@192.0.2.0/255.255.255.0`. */
const ACCOUNT = /^([\w.-]{1,32})@([\w.%:/-]{1,255})$/;

/** Prints them without asking any database, and without a password, which is the operator's to choose. */
export function printGrants(options: GrantOptions): void {
  for (const line of grantLines(options)) console.log(line);
}

/** @throws CommandRefusal for an invalid name */
export function grantLines({ grants, database, serveAs, migrateAs }: GrantOptions): string[] {
  if (!DATABASE.test(database))
    throw new CommandRefusal('--database must be a name of letters, digits, _ and -');
  const serving = accountOf('--serve-as', serveAs);
  const migrating = accountOf('--migrate-as', migrateAs);
  if (serving.name === migrating.name)
    throw new CommandRefusal(
      '--serve-as and --migrate-as must be two names: one account would have the rights of both',
    );
  const statements = grantStatements(PERSISTENCE_PARTS, { database, serving, migrating });
  const first = [
    '-- For "portillon migrate" and "portillon restore clean". Before the first one.',
    `-- CREATE USER ${quoted(migrating)} IDENTIFIED BY '…';`,
    ...statements.migrating,
  ];
  const second = [
    '-- For all else. After the first "portillon migrate", and after that of each version, before its servers start.',
    `-- CREATE USER ${quoted(serving)} IDENTIFIED BY '…';`,
    '-- An account that has more rights keeps them until you take them:',
    `-- REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${quoted(serving)};`,
    ...statements.serving,
  ];
  return [...(grants === 'serve' ? [] : first), ...(grants === 'migrate' ? [] : second)];
}

function accountOf(option: string, written: string): DatabaseAccount {
  const [, name, host] = ACCOUNT.exec(written) ?? [];
  if (name === undefined || host === undefined)
    throw new CommandRefusal(`${option} must be an account and from where it comes, such as portillon@10.%`);
  return { name, host };
}
