import { PASSWORD } from '../harness/people/person';
import { useStage } from '../harness/server/stage';

describe('an account of the command line', () => {
  const stage = useStage({ engine: 'embedded' });

  it('leaves a journal line with the new account, its rights, and that it is unlocked', async () => {
    const named = ['--username', 'anna.leroy', '--email', 'anna@centre.example', '--name', 'Anna Leroy'];
    const args = ['account', 'create', ...named, '--role', 'structure-admin', '--password-stdin'];
    const made = await stage.command(args, PASSWORD);
    const [, id] = /\(([0-9a-f-]{36})\)/.exec(made.output)!;
    await stage.command(['account', 'unlock', 'anna.leroy']);
    const lines = await stage.database.rows<{ name: string; data: string }>(
      'SELECT name, data FROM auditEvent WHERE accountId = ? ORDER BY id',
      [id!],
    );
    expect(lines.map(({ name, data }) => [name, JSON.parse(data)])).toEqual([
      ['user_created', { roles: ['structure-admin'], by: 'command-line' }],
      ['authn_unlock', { by: 'command-line' }],
    ]);
  });
});
