import { ConfigurationService, SectionName, SECTIONS } from '@portillon/administration-configuration';
import { stringify } from 'yaml';
import { withTables } from '../database/tables';

const HEAD = `# The configuration of a Portillon deployment: portillon apply gate.yaml
# yaml-language-server: $schema=gate.schema.json
`;

/** Prints the present configuration as a file, of all sections or of these. Never prints a secret. */
export async function exportConfiguration(sections: SectionName[]): Promise<void> {
  await withTables(async (app) => {
    const wanted = sections.length > 0 ? sections : SECTIONS;
    const configuration = await app.get(ConfigurationService).export(wanted);
    process.stdout.write(HEAD + stringify(configuration, { lineWidth: 0, aliasDuplicateObjects: false }));
  });
}
