import { Command, InvalidArgumentError, Option } from 'commander';
import { lazily } from '../lazily';

const FORMATS = ['csv', 'jsonl', 'keycloak', 'ldif'];
const FIELD = /^([A-Za-z]{1,32})=([A-Za-z][\w.-]{0,63})$/;

/** Takes the people of another service in. */
export function addMoveInCommand(program: Command): void {
  program
    .command('move-in <file>')
    .description(
      'take the people of another service in with their passwords; by default, say what would happen',
    )
    .addOption(new Option('--format <format>', 'default: by the name of the file').choices(FORMATS))
    .option('--structures <file>', 'CSV file of two columns: group or branch, and the structure that it is')
    .option(
      '--attribute <field=name>',
      'the attribute of Keycloak or LDAP that holds a field, such as nationalId=employeeNumber; repeatable',
      namedAttribute,
    )
    .option('--report <file>', 'what becomes of each person, as a CSV file', 'move-in-report.csv')
    .addOption(new Option('--language <language>', 'of the report').choices(['fr', 'en']).default('fr'))
    .option('--confirm', 'do it, in batches of 500; a run that was cut off is run again')
    .action(lazily(() => import('./move-in.ts'), 'moveIn'));
}

function namedAttribute(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, field, name] = FIELD.exec(text) ?? [];
  if (!field || !name) throw new InvalidArgumentError('It must be field=name.');
  return { ...before, [field]: name };
}
