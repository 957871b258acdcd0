import type { Command } from 'commander';
import { lazily } from '../lazily';

/** Creates structures from the national register. */
export function addStructureCommands(program: Command): void {
  program
    .command('structure')
    .description('create structures')
    .command('import [files...]')
    .description(
      'create structures from files of the open data of FINESS, or without a file from the national directory; by default, say which would be created',
    )
    .requiredOption('--numbers <file>', 'the FINESS numbers of the structures, one on each line')
    .option('--confirm', 'do it; structures that exist stay as they are')
    .action(lazily(() => import('./import-structures.ts'), 'importStructures'));
}
