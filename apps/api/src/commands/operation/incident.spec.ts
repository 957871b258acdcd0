import { Command } from 'commander';
import { addIncidentCommands } from './incident.commands';
import { addPersonCommands } from '../accounts/person.commands';

const SPAN = { from: '2026-11-27', to: '2026-11-29T18:00:00+01:00' };

/** What `portillon incident …` is refused for, before it asks the database. */
async function refusal(...words: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addIncidentCommands(program);
  const error = await program.parseAsync(['incident', ...words], { from: 'user' }).catch((one: Error) => one);
  return (error as Error).message;
}

describe('the commands of an incident', () => {
  it.each([
    ['--from must be a day or an instant', { from: 'yesterday' }],
    ['--from must be a day or an instant', { from: '2026-13-01' }],
    ['--to must be a day or an instant', { to: '2026-11-29T18:00' }],
    ['--to must be later than --from', { to: SPAN.from }],
    ['--address must be an address or a block', { address: 'hospital.example' }],
    ['--address must be an address or a block', { address: '192.0.2.0/33' }],
  ])('refuse a list where %s: %j', async (message, changes) => {
    const options = Object.entries({ ...SPAN, ...changes }).flatMap(([name, value]) => [`--${name}`, value]);
    expect(await refusal('concerned', ...options)).toContain(message);
  });

  it.each(['end-sessions', 'renew-passwords'])('ask why: %s', async (name) => {
    expect(await refusal(name, '--yes')).toContain('--reason');
    expect(await refusal(name, '--yes', '--reason', ' \u200b')).toContain('It must say why');
  });

  it.each(['erase', 'export'])('of a person ask why: account %s', async (name) => {
    const account = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    addPersonCommands(account);
    const words = [name, 'claire', '--reason', ' \u200b'];
    await expect(account.parseAsync(words, { from: 'user' })).rejects.toThrow('It must say why');
  });
});
