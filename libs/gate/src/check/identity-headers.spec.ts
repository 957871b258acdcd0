import type { GatedApplication } from '@portillon/application';
import { personHeaders } from './identity-headers';

const EVERYTHING = {
  claimGroups: true,
  claimNames: true,
  claimMail: true,
  audienceStructures: [] as string[],
  structureId: null,
} as GatedApplication;

function nameHeader(displayName: string): string {
  const session = {
    accountId: 'claire',
    principal: { structure: null, displayName, roles: ['professional'] },
  };
  return personHeaders({ session, email: 'claire@hopital.example' }, EVERYTHING, 'assertion')['remote-name'];
}

describe('the headers that describe a user', () => {
  it('are UTF-8', () => {
    expect(Buffer.from(nameHeader('Zoé'), 'latin1').toString('utf8')).toBe('Zoé');
  });

  it('are one line, whatever a program wrote into the table', () => {
    expect(nameHeader('Claire\r\nRemote-User: paul')).toBe('Claire Remote-User: paul');
    expect(nameHeader('Claire\u0000\u0085')).toBe('Claire');
    expect(nameHeader('\r\n')).toBe('-');
  });
});
